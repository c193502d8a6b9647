from odoo import api, models

from .crm_standard_entry_guard import own_people


class ResCompany(models.Model):
    """The contact of one's own company is no customer."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        with own_people():
            return super().create(vals_list)
