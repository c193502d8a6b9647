from odoo import api, fields, models


class CrmStandardCompetitor(models.Model):
    """A company that takes deals from us, so that all call it by the same name."""

    _name = "crm.standard.competitor"
    _description = "Competitor"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the competitor between all companies.",
    )
    website = fields.Char()
    note = fields.Html(
        string="What we know", help="Strong and weak sides, prices, how to answer them."
    )
    lead_ids = fields.One2many("crm.lead", "lost_competitor_id", string="Lost Deals")
    lost_count = fields.Integer(string="Lost Deals Count", compute="_compute_lost_count")

    _name_unique = models.UniqueIndex(
        "(lower(name), COALESCE(company_id, 0)) WHERE active IS TRUE",
        "This competitor is in the register already.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_lost_count(self):
        counts = dict(
            self.env["crm.lead"]
            .with_context(active_test=False)
            ._read_group(
                [("lost_competitor_id", "in", self.ids), ("won_status", "=", "lost")],
                ["lost_competitor_id"],
                ["__count"],
            )
        )
        for competitor in self:
            competitor.lost_count = counts.get(competitor, 0)

    def action_view_losses(self):
        """Open the deals lost to these competitors."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_lead_action_lost_to_competitors"
        )
        action["domain"] = [
            ("lost_competitor_id", "in", self.ids),
            ("won_status", "=", "lost"),
        ]
        action["context"] = {"active_test": False}
        return action
