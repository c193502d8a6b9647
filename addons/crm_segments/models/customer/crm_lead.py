from odoo import api, fields, models
from odoo.fields import Domain


class CrmLead(models.Model):
    """An opportunity shows and is found by its customer's classes."""

    _inherit = "crm.lead"

    # not a related field: core would read it in sudo, classes of other companies among them
    segment_ids = fields.Many2many(
        "crm.segment",
        string="Customer Classes",
        compute="_compute_segment_ids",
        search="_search_segment_ids",
        groups="crm_segments.group_user",
    )

    @api.depends("partner_id.commercial_partner_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_segment_ids(self):
        # sudo: whose opportunity it is, whoever reads it is told; of classes rules decide
        customers = self.sudo().partner_id.commercial_partner_id
        found = customers.with_env(self.env)._get_segments()
        for lead in self:
            # sudo: as above
            customer = lead.sudo().partner_id.commercial_partner_id
            lead.segment_ids = found.get(customer._origin.id, False)

    def _search_segment_ids(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            # core takes away who is found: opportunities without a customer stay
            return NotImplemented
        found = Domain("partner_id", "any", Domain("segment_ids", operator, value))
        if operator == "in" and False in value:
            found |= Domain("partner_id", "=", False)
        return found
