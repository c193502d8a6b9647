from odoo import api, fields, models

from ..logic.term import Term
from .crm_deadline_policy import DAY_COUNTS, TERM_UNITS
from .deadline_text import format_term

#: What decides when a clock is due and near. Editing one of these makes a new version.
DECISIVE = ("term_amount", "term_unit", "day_count", "calendar_id", "warning_amount")


class CrmDeadlinePolicyVersion(models.Model):
    """A policy as it stood at one time.

    Written by the policy only. A version that a clock or an entry of the ledger names never
    changes; one that nothing names is replaced when the policy is edited again.
    """

    _name = "crm.deadline.policy.version"
    _description = "Deadline Policy Version"
    _inherit = ["crm.deadline.sealed"]
    _order = "policy_id, number desc"
    _rec_name = "number"

    _number_unique = models.UniqueIndex(
        "(policy_id, number)", "Somebody else has just edited this policy. Please reload the page."
    )

    policy_id = fields.Many2one(
        "crm.deadline.policy", required=True, readonly=True, ondelete="cascade"
    )
    number = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    date_from = fields.Datetime("Valid From", required=True, readonly=True)
    term_amount = fields.Integer("Term", required=True, readonly=True, aggregator=None)
    term_unit = fields.Selection(TERM_UNITS, "Unit", required=True, readonly=True)
    day_count = fields.Selection(DAY_COUNTS, "Count of Days", required=True, readonly=True)
    calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", readonly=True, ondelete="restrict", index=True
    )
    warning_amount = fields.Integer("Warning Before", readonly=True, aggregator=None)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    reason = fields.Char("Reason for Change", readonly=True)
    display = fields.Char("In Words", compute="_compute_display")

    @api.depends("policy_id", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(policy)s, version %(number)s",
                # sudo: the name says what the deadline is, whoever may see the deadline
                policy=version.sudo().policy_id.name,
                number=version.number,
            )

    @api.depends(*DECISIVE)
    @api.depends_context("lang")
    def _compute_display(self):
        for version in self:
            version.display = format_term(self.env, version)

    def _get_term(self):
        """Return the version's ``Term``."""
        self.ensure_one()
        return Term(self.term_amount, self.term_unit, self.day_count == "start")

    def _is_used(self):
        """Return whether a clock was ever counted by one of these versions."""
        return bool(
            # sudo: a clock the user cannot see counts too
            self.env["crm.deadline.event"].sudo().search_count([("version_id", "in", self.ids)], 1)
        )
