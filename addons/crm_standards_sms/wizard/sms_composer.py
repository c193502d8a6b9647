from ast import literal_eval

from odoo import api, fields, models


class SmsComposer(models.TransientModel):
    """A text message to many is a contact with each of them, like a single one.

    Core writes the messages of a mailing in sudo, where nobody is refused and, without a log,
    nothing is counted. Messages to bare numbers are about nobody we know, and pass.
    """

    _inherit = "sms.composer"

    contact_warning = fields.Text(compute="_compute_contact_warning")

    @api.depends("composition_mode", "res_model", "res_id", "res_ids")
    @api.depends_context("lang", "uid")
    def _compute_contact_warning(self):
        norms = self.env["crm.standard.contact.norm"]
        for composer in self:
            composer.contact_warning = norms._warn_about(composer._get_contact_customers())

    def _get_contact_customers(self, records=None):
        """Return the people outside the company whom the messages are for.

        The caller chooses the records: of those the user may not read nothing is said.
        """
        self.ensure_one()
        norms = self.env["crm.standard.contact.norm"]
        ids = records.ids if records is not None else self._get_chosen_ids()
        return norms._get_customers(norms._get_readable(self.res_model, ids))

    def _get_chosen_ids(self):
        """Return the ids of the records the messages are about; none where they are no list."""
        if self.composition_mode != "mass":
            return [self.res_id] if self.res_id else []
        try:
            ids = literal_eval(self.res_ids or "[]")
        except (SyntaxError, ValueError):
            return []
        return [one for one in ids if isinstance(one, int)] if isinstance(ids, list) else []

    def _action_send_sms_mass(self, records=None):
        records = records if records is not None else self._get_records()
        norms = self.env["crm.standard.contact.norm"]
        if norms._has_bounds():
            norms._refuse_excess(self._get_contact_customers(records))
            self.mass_keep_log = True  # what is not filed on the record would not be counted
        return super()._action_send_sms_mass(records)
