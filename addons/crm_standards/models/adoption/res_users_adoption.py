from odoo import api, models


class ResUsers(models.Model):
    """Log-ins are counted before core forgets them."""

    _inherit = "res.users"

    @api.model
    def _update_last_login(self):
        result = super()._update_last_login()
        self.env["crm.standard.login"]._note()
        return result
