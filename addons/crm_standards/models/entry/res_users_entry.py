from odoo import api, models

from .crm_standard_entry_guard import own_people


class ResUsers(models.Model):
    """The contact of a user is no customer."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        with own_people():
            return super().create(vals_list)
