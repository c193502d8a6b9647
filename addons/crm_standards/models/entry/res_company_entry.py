from odoo import api, models

from .crm_standard_entry_guard import own_people


class ResCompany(models.Model):
    """The contact of one's own company is no customer."""

    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        with own_people():
            companies = super().create(vals_list)
        self.env.registry.clear_cache()  # whom the lines in force mean, see _get_strangers_domain
        return companies
