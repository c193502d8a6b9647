from odoo import models


class ResPartner(models.Model):
    """Contacts are watched against loss of the base."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.standard.safety.mixin"]
