from odoo import api, models


class MailActivityPlanTemplate(models.Model):
    """The steps of a checklist are part of the rules that ask for it."""

    _inherit = "mail.activity.plan.template"

    @api.model_create_multi
    def create(self, vals_list):
        self.env["crm.standard"]._forget_rulebook()
        return super().create(vals_list)

    def write(self, vals):
        self.env["crm.standard"]._forget_rulebook()
        return super().write(vals)

    def unlink(self):
        self.env["crm.standard"]._forget_rulebook()
        return super().unlink()
