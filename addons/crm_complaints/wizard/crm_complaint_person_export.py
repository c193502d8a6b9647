import base64
import io
import json
import zipfile

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CrmComplaintPersonExport(models.TransientModel):
    """Hands a person what is kept about his complaints: data, public messages, files. For managers.

    As far as the manager sees them.
    """

    _name = "crm.complaint.person.export"
    _description = "Data of a Person"

    partner_id = fields.Many2one("res.partner", "Person", required=True)
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)
    complaint_count = fields.Integer(readonly=True)

    def action_export(self):
        """Make the file, and show the wizard again with it."""
        self.ensure_one()
        complaints = self.env["crm.complaint"].with_context(active_test=False)
        person = Domain("partner_id", "child_of", self.partner_id.id)
        person |= Domain("on_behalf_partner_id", "child_of", self.partner_id.id)
        found = complaints.search(person)
        if not found:
            raise UserError(self.env._("Nothing is kept here about complaints of this person."))
        self.file = base64.b64encode(self._pack(found))
        self.file_name = "complaints.zip"
        self.complaint_count = len(found)
        self.env["crm.complaint.erasure"]._log("export", len(found))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _pack(self, complaints):
        """Return a zip with the data as JSON and the files beside it."""
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            data = [complaint._get_person_data() for complaint in complaints]
            text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
            archive.writestr("complaints.json", text)
            for complaint in complaints:
                files = complaint._get_person_files()
                for file in files:
                    # the id first: names repeat, and may hold anything
                    name = "".join(c if c.isalnum() or c in " ._-" else "_" for c in file.name)
                    archive.writestr(f"files/{complaint.number}/{file.id}_{name}", file.raw)
        return buffer.getvalue()
