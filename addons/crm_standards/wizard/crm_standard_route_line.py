from odoo import fields, models


class CrmStandardRouteLine(models.TransientModel):
    """Where one may go from one stage."""

    _name = "crm.standard.route.line"
    _description = "Allowed Next Stages"

    route_id = fields.Many2one("crm.standard.route", required=True, ondelete="cascade")
    stage_id = fields.Many2one("crm.stage", required=True, ondelete="cascade")
    next_stage_ids = fields.Many2many("crm.stage", string="One may go to")
