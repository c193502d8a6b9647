import json
from email.message import EmailMessage

from odoo import api, fields, models
from odoo.tools import html2plaintext


class CrmComplaintQuarantine(models.Model):
    """A public form that was filled in as machines do waits here, as a doubtful mail does.

    It takes no number and is in no figure until somebody says that it is genuine. It is kept as a
    mail with its files, and with what was typed by field, so that nothing gets lost on the way.
    """

    _inherit = "crm.complaint.quarantine"

    form_values = fields.Text(
        "Typed", readonly=True, help="What was typed into the public form, by field."
    )

    @api.model
    def _keep_form(self, vals, files, company):
        """Keep a form and return the entry.

        :param vals: checked values of a complaint
        :param files: checked (name, content) pairs
        """
        text = html2plaintext(vals["description"])
        raw = self._write_form(vals, text, files)
        # sudo: whoever fills in the form has no rights here
        entry = self.sudo()._sealed_create(
            [
                {
                    "name": vals["name"],
                    "sender": vals["email_from"],
                    "date_received": fields.Datetime.now(),
                    "excerpt": text[:2000],
                    "reason": "form",
                    "state": "waiting",
                    "size_bytes": len(raw),
                    "company_id": company.id,
                    "form_values": json.dumps(vals),
                }
            ]
        )
        entry._keep_raw(raw)
        return entry

    @api.model
    def _write_form(self, vals, text, files):
        """Return a form as the bytes of a mail."""
        message = EmailMessage()
        message["Subject"] = vals["name"]
        message["From"] = vals["email_from"]
        message.set_content(text)
        for name, content in files:
            message.add_attachment(
                content, maintype="application", subtype="octet-stream", filename=name
            )
        return message.as_bytes()

    def _make_complaint(self):
        """Make the complaint that the form would have made, and mail its number and link."""
        if not self.form_values:
            return super()._make_complaint()
        complaints = self.env["crm.complaint"]
        vals = {"date_received": self.date_received}
        for name, value in json.loads(self.form_values).items():
            field = complaints._fields[name]
            if field.type == "many2one" and not self.env[field.comodel_name].browse(value).exists():
                value = False  # an entry of a catalogue that was deleted meanwhile
            vals[name] = value
        files = [(file[0], file[1]) for file in self._read_content()["attachments"]]
        complaint = complaints._create_from_form(vals, files, self.company_id)
        complaint._send_link()
        return complaint
