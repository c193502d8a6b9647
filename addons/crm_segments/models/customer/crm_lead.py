from odoo import fields, models


class CrmLead(models.Model):
    """An opportunity shows and is found by its customer's classes."""

    _inherit = "crm.lead"

    segment_ids = fields.Many2many(
        related="partner_id.segment_ids",
        string="Customer Classes",
        groups="crm_segments.group_user",
    )
