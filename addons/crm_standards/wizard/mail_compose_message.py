from odoo import api, fields, models

from odoo.addons.mail.tools.parser import parse_res_ids


class MailComposeMessage(models.TransientModel):
    """The composer says before the click that a message would be one too many."""

    _inherit = "mail.compose.message"

    contact_warning = fields.Text(compute="_compute_contact_warning")

    @api.depends("partner_ids", "model", "res_ids", "subtype_is_log", "composition_mode")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        for composer in self:
            people = composer.partner_ids._origin
            if composer.composition_mode == "mass_mail":
                res_ids = parse_res_ids(composer.res_ids, self.env) or []
                documents = norms._get_readable(composer.model, res_ids)
                people |= norms._get_customers(documents)
            composer.contact_warning = (
                False if composer.subtype_is_log else norms._warn_about(people)
            )
