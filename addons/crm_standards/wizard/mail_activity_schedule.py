from odoo import api, fields, models

from odoo.addons.mail.tools.parser import parse_res_ids


class MailActivitySchedule(models.TransientModel):
    """Scheduling says before the click that a call or meeting would be one too many."""

    _inherit = "mail.activity.schedule"

    contact_warning = fields.Text(compute="_compute_contact_warning")

    @api.depends("res_model", "res_ids", "activity_type_id")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        for wizard in self:
            customers = self.env["res.partner"]
            if wizard.activity_type_id.contact_channel:
                res_ids = parse_res_ids(wizard.res_ids, self.env) or []
                documents = norms._get_readable(wizard.res_model, res_ids)
                customers = norms._get_customers(documents)
            wizard.contact_warning = norms._warn_about(customers)
