from odoo import models


class ResUsers(models.Model):
    """What record rules ask a user."""

    _inherit = "res.users"

    def _get_knowledge_admission(self, model_name):
        """Return the domain of the categories or articles whose limits let the user in."""
        self.ensure_one()
        return self.env[model_name]._get_admission(self)
