from odoo import models


class CrmLead(models.Model):
    """Leads are watched against loss of the base."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.standard.safety.mixin"]
