import logging
from datetime import timedelta

from psycopg2 import OperationalError

from odoo import api, fields, models

from ...logic import lifecycle

_logger = logging.getLogger(__name__)
VERIFY_PARAMETER = "crm_knowledge.verify_days"
BATCH = 100


class CrmKnowledgeArticle(models.Model):
    """Keeps articles alive: what nobody has verified in time says so, and its owner is asked."""

    _inherit = "crm.knowledge.article"

    verify_days = fields.Integer(
        "Verify Every (days)", help="0: as in the category, or else in the settings."
    )
    date_verified = fields.Date("Verified on", readonly=True, copy=False)
    verifier_id = fields.Many2one(
        "res.users", "Verified by", readonly=True, copy=False, ondelete="restrict"
    )
    date_verify_by = fields.Date("Verify by", compute="_compute_date_verify_by", store=True)

    _verify_days_not_negative = models.Constraint(
        "CHECK(verify_days >= 0)", "An article cannot be verified every minus so many days."
    )
    _overdue_idx = models.Index("(date_verify_by) WHERE state = 'published'")

    @api.depends("date_verified", "verify_days", "category_id.effective_verify_days")
    def _compute_date_verify_by(self):
        default = self._get_verify_days()
        for article in self:
            # sudo: the time a category sets holds also for whoever cannot read it
            category = article.sudo().category_id
            days = article.verify_days or category.effective_verify_days or default
            verified = article.date_verified
            article.date_verify_by = verified and days and verified + timedelta(days=days)

    @api.model
    def _get_verify_days(self):
        """Return how long an article is trusted where nothing else is said; 0: for ever."""
        # sudo: a setting of the system
        value = self.env["ir.config_parameter"].sudo().get_param(VERIFY_PARAMETER)
        try:
            return max(0, int(value or 0))
        except ValueError:
            return 0

    def action_verify(self):
        """Say that the article still holds."""
        self.check_access("read")
        self._check_deed(lifecycle.VERIFY)
        self._move(lifecycle.VERIFY)
        # sudo: the deed was judged
        self.sudo()._set_verified()

    def action_doubt(self):
        """Say that the article may not hold any more."""
        self.check_access("read")
        self._check_deed(lifecycle.DOUBT)
        self._doubt()

    def _set_verified(self):
        """Note who has verified, and close the owner's task."""
        self.write({"date_verified": fields.Date.today(), "verifier_id": self.env.uid})
        self.activity_unlink(["crm_knowledge.mail_activity_type_verify"])

    def _doubt(self):
        """Hook: have the owners of these articles verify them, for whatever reason.

        Time, a flag by a reader, a product or price that has changed: all come this way.
        """
        self._move(lifecycle.DOUBT)
        # sudo: the owner is asked, whoever doubts
        self.sudo()._ask_owner("crm_knowledge.mail_activity_type_verify")

    @api.model
    def _cron_doubt(self):
        """Ask for verification of what was verified too long ago."""
        commit = self.env["ir.cron"]._commit_progress
        overdue = self.search(
            [("state", "=", lifecycle.PUBLISHED), ("date_verify_by", "<", fields.Date.today())],
            order="date_verify_by, id",
        )
        commit(remaining=len(overdue))
        for start in range(0, len(overdue), BATCH):
            batch = overdue[start : start + BATCH]
            batch._doubt_each()
            if not commit(len(batch)):
                break

    def _doubt_each(self, reason=""):
        """Doubt one by one: a broken article must not keep the others trusted.

        :param reason: a sentence for the history of each
        """
        for article in self:
            try:
                with self.env.cr.savepoint():
                    article._doubt()
                    if reason:
                        article._message_log(body=reason)
            except OperationalError:
                raise  # somebody else was faster: the whole is tried again
            except Exception:
                _logger.exception("Article %s could not be marked for verification", article.id)
