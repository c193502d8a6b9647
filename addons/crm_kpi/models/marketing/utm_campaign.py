from odoo import fields, models


class UtmCampaign(models.Model):
    """A campaign knows what was spent on it."""

    _inherit = "utm.campaign"

    kpi_cost_ids = fields.One2many(
        "crm.kpi.cost", "campaign_id", "Costs", groups="crm_kpi.group_leader"
    )
