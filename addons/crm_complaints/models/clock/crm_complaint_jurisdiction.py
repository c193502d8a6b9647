from odoo import api, fields, models
from odoo.tools import ormcache

from ...logic.terms import Jurisdiction, Rule, Scope


class CrmComplaintJurisdiction(models.Model):
    """A body of law or a regulator's rules: for which complaints, its terms, what an answer says.

    The first one that covers a complaint counts; the last, without conditions, catches the rest.
    """

    _name = "crm.complaint.jurisdiction"
    _description = "Jurisdiction of Complaints"
    _inherit = ["crm.complaint.catalogue", "crm.complaint.term.source"]

    company_ids = fields.Many2many(
        "res.company", string="Companies", help="Only for these companies. Empty: for all."
    )
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        help="Only for complainants of these countries; the company's country counts for whoever"
        " has none. Empty: for all.",
    )
    category_ids = fields.Many2many(
        "crm.complaint.category",
        string="Categories",
        help="Only for complaints of these categories and of those within. Empty: for all.",
    )
    is_consumer_only = fields.Boolean(
        "Consumers Only", help="Only for people, not for companies and those who work there."
    )
    note = fields.Text("Explanation", translate=True)
    rule_ids = fields.One2many(
        "crm.complaint.term.rule", "jurisdiction_id", "Terms of Law", copy=True
    )
    part_ids = fields.One2many(
        "crm.complaint.answer.part", "jurisdiction_id", "Parts of an Answer", copy=True
    )

    @api.model
    def _get_complaint_uses(self):
        return [
            *super()._get_complaint_uses(),
            ("crm.complaint", "jurisdiction_id"),
            ("crm.complaint.answer.check", "jurisdiction_id"),
        ]

    @api.model
    @ormcache()
    def _get_scopes(self):
        """Return the jurisdictions in their order, as the logic knows them."""
        # sudo: the law is the same for whoever registers a complaint
        return tuple(
            Jurisdiction(
                entry.id,
                Scope(
                    companies=frozenset(entry.company_ids.ids),
                    countries=frozenset(entry.country_ids.ids),
                    categories=frozenset(entry.category_ids.ids),
                    consumers_only=entry.is_consumer_only,
                ),
            )
            for entry in self.sudo().search([])
        )

    @api.model
    @ormcache()
    def _get_rules(self):
        """Return the legal terms, as the logic knows them."""
        # sudo: as above
        rules = self.env["crm.complaint.term.rule"].sudo().search([("policy_id.active", "=", True)])
        return tuple(
            Rule(
                rule.id,
                rule.jurisdiction_id.id,
                rule.kind,
                rule.policy_id.id,
                rule.remedy_kind or None,
                rule.circumstance_id.id or None,
                rule.can_pause,
                rule.is_renewed,
            )
            for rule in rules
        )
