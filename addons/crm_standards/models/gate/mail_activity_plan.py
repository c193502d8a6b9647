from odoo import api, models


class MailActivityPlan(models.Model):
    """The steps of a checklist are part of what the standards say that ask for it."""

    _name = "mail.activity.plan"
    _inherit = ["crm.standard.named", "mail.activity.plan"]

    @api.model
    def _get_standard_fields(self):
        return ["template_ids"]

    def _get_standard_words(self):
        steps = enumerate(self.template_ids, start=1)
        return "; ".join(f"{number}. {step._get_standard_words()}" for number, step in steps)
