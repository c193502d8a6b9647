import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Command

_logger = logging.getLogger(__name__)

#: How often, and after how many days.
EVERY = {"day": 1, "week": 7}


class CrmKpiCard(models.Model):
    """The standing by mail, on a schedule: to each employee the own one, to leaders the team's."""

    _inherit = "crm.kpi.card"

    digest_every = fields.Selection(
        [("day", "Every day"), ("week", "Every week"), ("month", "When a month begins")],
        "Send the Standing",
        help="To each employee on the scorecard with the own standing, and to leaders with that "
        "of their people.",
    )
    has_digest_pdf = fields.Boolean("Attach as PDF", help="For those who print it.")
    date_digest = fields.Date("Sent on", readonly=True, copy=False)

    @api.model
    def _cron_digest(self):
        """Send what is due; what fails for one scorecard stops no other."""
        today = fields.Date.context_today(self)
        cards = self.sudo().search([("digest_every", "!=", False)])  # sudo: as the job does
        due = cards.filtered(lambda card: card._is_digest_due(today))
        self.env["ir.cron"]._commit_progress(remaining=len(due))
        for card in due:
            card._try_send_digest(today)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _is_digest_due(self, today):
        if not self.date_digest:
            return True
        if self.digest_every == "month":
            return (today.year, today.month) != (self.date_digest.year, self.date_digest.month)
        return today >= self.date_digest + timedelta(days=EVERY[self.digest_every])

    def _try_send_digest(self, today):
        try:
            with self.env.cr.savepoint():
                self._send_digest()
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # a mail may fail in any way
            _logger.warning("The standing of %s was not sent: %s", self.name, error)
        self.write({"date_digest": today})

    def _send_digest(self):
        """Queue a mail for each who may see somebody; what fails for one stops no other."""
        self.ensure_one()
        for reader in self._get_digest_readers():
            try:
                with self.env.cr.savepoint():
                    if mail := self._prepare_digest(reader):
                        self.env["mail.mail"].create(mail)
            except psycopg2.extensions.TransactionRollbackError:
                raise
            except Exception as error:  # a mail may fail in any way
                _logger.warning(
                    "The standing of %s was not sent to %s: %s", self.name, reader.login, error
                )

    def _get_digest_readers(self):
        """Hook: return the employees on the scorecard, and leaders of their teams.

        Who was taken out of its company may no longer see anything of it.
        """
        people = self.user_ids.filtered(lambda user: user.has_group("crm_kpi.group_user"))
        leaders = people.sale_team_id.user_id.filtered(
            lambda user: user.has_group("crm_kpi.group_leader")
        )
        return (people | leaders).filtered(
            lambda user: user.active and user.email and self.company_id in user.company_ids
        )

    def _prepare_digest(self, reader):
        """Hook: return a mail with what this reader may see, in the reader's language."""
        card = self.with_user(reader).with_context(
            lang=reader.lang, allowed_company_ids=self.company_id.ids
        )
        # a month is told when it is over
        back = 1 if self.digest_every == "month" else 0
        board = card._tell_board(back)
        if not board["teams"]:
            return None
        body = card.env["ir.qweb"]._render(
            "crm_kpi.crm_kpi_card_digest", {"card": card.sudo(), "board": board}
        )
        return {
            "subject": card.env._("Standing: %(card)s", card=card.sudo().name),
            "body_html": body,
            "email_to": reader.email_formatted,
            "email_from": self.company_id.email_formatted or self.env.user.email_formatted,
            "auto_delete": True,
            "attachment_ids": [Command.create(one) for one in card._prepare_digest_files(back)],
        }

    def _prepare_digest_files(self, back):
        """Return the standing as a PDF, as the reader would print it."""
        if not self.has_digest_pdf:
            return []
        content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            "crm_kpi.crm_kpi_card_report", self.ids, {"back": back}
        )
        return [{"name": f"{self.name}.pdf", "raw": content, "mimetype": "application/pdf"}]
