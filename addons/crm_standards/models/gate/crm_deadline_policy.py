from odoo import api, models

from odoo.addons.crm_deadline.models.crm_deadline_policy_version import DECISIVE
from odoo.addons.crm_deadline.models.deadline_text import format_term


class CrmDeadlinePolicy(models.Model):
    """A term that rules, duties or norms name is a part of what their standards say."""

    _name = "crm.deadline.policy"
    _inherit = ["crm.standard.named", "crm.deadline.policy"]

    @api.model
    def _get_standard_fields(self):
        return DECISIVE

    def _get_standard_words(self):
        return format_term(self.env, self)
