from odoo import api, fields, models
from odoo.tools import ormcache

from ...logic.terms import ACKNOWLEDGEMENT, FIRST_ANSWER, NEXT_ANSWER, RESOLUTION, Level, Scope
from ..case.crm_complaint_category import LEVEL_CHOICES

POLICY_FIELDS = {
    ACKNOWLEDGEMENT: "acknowledgement_policy_id",
    FIRST_ANSWER: "first_answer_policy_id",
    NEXT_ANSWER: "next_answer_policy_id",
    RESOLUTION: "resolution_policy_id",
}


class CrmComplaintLevel(models.Model):
    """A service level: what the company promises to which complaints.

    Levels are looked through in their order, and the first that covers a complaint counts. Put one
    without conditions last: it catches the rest.
    """

    _name = "crm.complaint.level"
    _description = "Service Level of Complaints"
    _inherit = ["crm.complaint.catalogue", "crm.complaint.term.source"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Only for this company. Empty: for all."
    )
    partner_tag_ids = fields.Many2many(
        "res.partner.category",
        string="Customer Tags",
        help="Only for customers of these classes: one of the tags on the complainant or on his"
        " company. Empty: for all.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        help="Only for these customers, such as those with a contract. Empty: for all.",
    )
    category_ids = fields.Many2many(
        "crm.complaint.category",
        string="Categories",
        help="Only for complaints of these categories and of those within. Empty: for all.",
    )
    severity = fields.Selection(
        LEVEL_CHOICES,
        "From Severity",
        help="Only for complaints at least as bad. Empty: for all.",
    )
    team_ids = fields.Many2many(
        "crm.team", string="Teams", help="Only for complaints of these teams. Empty: for all."
    )
    acknowledgement_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Acknowledgement",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Until when the complainant must know that his complaint has arrived.",
    )
    first_answer_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "First Answer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Until when a person must have written to the complainant or called him.",
    )
    next_answer_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Next Answer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Until when each further message of the complainant must be answered.",
    )
    resolution_policy_id = fields.Many2one(
        "crm.deadline.policy",
        "Final Answer",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Until when the complaint must be answered for good, or closed.",
    )

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint.term", "level_id")]

    @api.model
    @ormcache()
    def _get_levels(self):
        """Return the levels in their order, as the logic knows them."""
        # sudo: what is promised does not depend on who registers a complaint
        return tuple(
            Level(level.id, level._get_scope(), level._get_policies())
            for level in self.sudo().search([])
        )

    def _get_scope(self):
        self.ensure_one()
        return Scope(
            companies=frozenset(self.company_id.ids),
            teams=frozenset(self.team_ids.ids),
            categories=frozenset(self.category_ids.ids),
            tags=frozenset(self.partner_tag_ids.ids),
            customers=frozenset(self.partner_ids.ids),
            severity=self.severity or None,
        )

    def _get_policies(self):
        """Return the id of the policy of each kind of term that has one in force."""
        self.ensure_one()
        policies = {kind: self[name] for kind, name in POLICY_FIELDS.items()}
        return {kind: policy.id for kind, policy in policies.items() if policy.active}
