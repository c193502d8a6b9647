from odoo import api, models
from odoo.fields import Domain

from odoo.addons.crm_deadline.readable import readable


class MailFollowers(models.Model):
    """Who follows an action is seen by whoever may see the action."""

    _inherit = "mail.followers"

    @api.model
    def _search_complaints(self):
        actions = self.env["crm.complaint.action"]
        allowed = Domain("res_model", "!=", actions._name)
        if actions.has_access("read"):
            allowed |= readable(actions, "res_id")
        return super()._search_complaints() & allowed
