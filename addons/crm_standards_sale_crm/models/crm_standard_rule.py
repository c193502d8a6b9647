from odoo import api, fields, models


class CrmStandardRule(models.Model):
    """A rule may ask that a quotation of the lead has come as far as this."""

    _inherit = "crm.standard.rule"

    requirement_kind = fields.Selection(
        selection_add=[("quotation", "A quotation")], ondelete={"quotation": "cascade"}
    )
    quotation_state = fields.Selection(
        [("draft", "Written"), ("sent", "Sent"), ("sale", "Ordered")],
        string="Quotation is",
        default="sent",
        help="A quotation of the opportunity must have come as far as this, or further. A"
        " cancelled one does not count.",
    )
    quotation_amount = fields.Monetary(
        string="Worth at least",
        currency_field="quotation_currency_id",
        help="Untaxed, in the currency of the standard's company; 0: of whatever worth.",
    )
    quotation_currency_id = fields.Many2one(
        "res.currency", compute="_compute_quotation_currency_id", string="Currency"
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_quotation_currency_id(self):
        for rule in self:
            rule.quotation_currency_id = (rule.company_id or self.env.company).currency_id

    @api.constrains("quotation_state")
    def _check_quotation(self):
        self._check_applicable()

    @api.model
    def _get_meaning_fields(self):
        return super()._get_meaning_fields() | {"quotation_state", "quotation_amount"}
