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
                people |= composer._get_mass_customers(res_ids)
            composer.contact_warning = (
                False if composer.subtype_is_log else norms._warn_about(people)
            )

    def _get_mass_customers(self, res_ids):
        """Return the people outside the company whom mails on these documents are for."""
        norms = self.env["crm.standard.contact.norm"]
        return norms._get_customers(norms._get_readable(self.model, res_ids))

    def _action_send_mail_mass_mail(self, res_ids, auto_commit=False):
        norms = self.env["crm.standard.contact.norm"]
        if norms._has_bounds():  # core writes these mails in sudo, where nobody is refused
            people = self.partner_ids | self._get_mass_customers(res_ids)
            norms._refuse_excess(people.with_env(self.env))
        return super()._action_send_mail_mass_mail(res_ids, auto_commit=auto_commit)
