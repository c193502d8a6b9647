from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.crm_surveys.logic.anonymous import SMALLEST
from odoo.addons.crm_surveys.models.survey.survey_survey import MANAGER

#: So many recipients are looked at: a larger mailing is told by its first ones.
LOOKED_AT = 5000


class MailingMailing(models.Model):
    """A mailing says whom of its recipients it would tire."""

    _inherit = "mailing.mailing"

    def action_check_survey_budget(self):
        """Tell how many contacts were asked or written to enough already.

        Which ones, only managers of surveys learn: whoever knew whom we have asked about him could
        talk to his judges. How many of a few would tell that, too.
        """
        self.ensure_one()
        self.check_access("read")
        partners, total = self._get_recipient_partners()
        is_manager = self.env.user.has_group(MANAGER)
        if total < SMALLEST and not is_manager:
            raise UserError(
                self.env._(
                    "%(mailing)s goes to fewer than %(count)s recipients: how many of so few were "
                    "asked enough would tell who. Ask a manager of surveys.",
                    mailing=self.display_name,
                    count=SMALLEST,
                )
            )
        # sudo: limits hold for everybody; which contacts the user sees, is said above
        invitations = self.env["crm.survey.invitation"].sudo()
        channel = "sms" if self.mailing_type == "sms" else "mail"
        date = self.schedule_date or fields.Datetime.now()
        tired = invitations._find_tired(partners.ids, channel, date, self.env.company)
        words = self.env._(
            "Asked enough: %(count)s of %(total)s recipients", count=len(tired), total=total
        )
        if not tired or not is_manager:
            return {
                "type": "ir.actions.client",
                "tag": "display_notification",
                "params": {"type": "warning" if tired else "success", "message": words},
            }
        return {
            "type": "ir.actions.act_window",
            "name": words,
            "res_model": "res.partner",
            "views": [(False, "list"), (False, "kanban"), (False, "form")],
            "domain": [("id", "in", tired)],
        }

    def _get_recipient_partners(self):
        """Return the contacts this would be sent to, and how many recipients were looked at."""
        model = self.env.get(self.mailing_model_real)
        if model is None:
            raise UserError(
                self.env._("%(mailing)s: choose recipients first.", mailing=self.display_name)
            )
        records = model.search(self._get_recipients_domain(), limit=LOOKED_AT)
        partners = self.env["res.partner"]
        if records._name == partners._name:
            return records, len(records)
        found = records["partner_id"] if "partner_id" in records._fields else partners
        if "email_normalized" in records._fields:
            addresses = [address for address in records.mapped("email_normalized") if address]
            found |= partners.search([("email_normalized", "in", addresses)])
        return found, len(records)
