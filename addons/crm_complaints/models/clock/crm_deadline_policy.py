from odoo import models


class CrmDeadlinePolicy(models.Model):
    """An archived policy promises nothing to new complaints."""

    _inherit = "crm.deadline.policy"

    def write(self, vals):
        if "active" in vals:
            self.env.registry.clear_cache()  # of the levels and rules that use it
        return super().write(vals)
