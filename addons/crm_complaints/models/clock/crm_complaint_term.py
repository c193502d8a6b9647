from odoo import fields, models
from odoo.tools import format_datetime

from ...logic.terms import law
from .crm_complaint_term_rule import TERM_KINDS

CLOCK_KINDS = [
    *TERM_KINDS,
    *((law(kind), f"{label}, by law") for kind, label in TERM_KINDS),
]


class CrmComplaintTerm(models.Model):
    """Which term was found to apply to a complaint, when and why: judgements, for ever.

    A change of severity, remedy or anything else that decides about terms adds lines; none is ever
    rewritten. Written by the complaint only (``crm_complaint_terms.py``).
    """

    _name = "crm.complaint.term"
    _description = "Term of a Complaint"
    _inherit = ["crm.complaint.part", "crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(CLOCK_KINDS, "Term for", required=True, readonly=True)
    date = fields.Datetime("Judged", required=True, readonly=True)
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Term",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: no term of this kind applies any more.",
    )
    level_id = fields.Many2one(
        "crm.complaint.level",
        "Service Level",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    rule_id = fields.Many2one(
        "crm.complaint.term.rule",
        "Legal Term",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    article = fields.Text(readonly=True, help="The source of the term, as it was quoted then.")
    can_pause = fields.Boolean("Waits for the Customer", readonly=True)
    date_due = fields.Datetime("Due", readonly=True, help="As it was counted then.")
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")

    def _explain(self):
        """Return the judgement in words."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        # sudo: levels and law say the same to everybody
        source = self.sudo().level_id.name or self.sudo().policy_id.name
        if not source:
            return self.env._("%(term)s: does not apply any more.", term=kinds[self.kind])
        if not self.date_due:
            return f"{kinds[self.kind]}: {self.reason}"
        return self.env._(
            "%(term)s: until %(date)s by “%(name)s”.",
            term=kinds[self.kind],
            date=format_datetime(self.env, self.date_due),
            name=source,
        )
