from odoo import api, fields, models
from odoo.fields import Domain


class CrmComplaintPart(models.AbstractModel):
    """What belongs to a complaint: who may read the complaint may read it, and nobody else.

    Steps, decisions, causes, consents, logs inherit it. Whoever changes a part must be allowed to
    change the complaint; the access lines of the model narrow it further. Being part of the search
    itself, the rule holds for lists, counts, groups, sums and exports alike, and follows whatever
    rules complaints have or get: own teams, companies, confidential cases.
    """

    _name = "crm.complaint.part"
    _description = "Part of a Complaint"

    complaint_id = fields.Many2one("crm.complaint", required=True, index=True, ondelete="cascade")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._search_readable()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _search_readable(self):
        """Return the domain of the parts whose complaint the user may read.

        Reports add nothing here, see ``crm.complaint.readable``.
        """
        complaints = self.env["crm.complaint"]._search([], active_test=False)
        return Domain("complaint_id", "in", complaints)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn which complaint each part belongs to, whose own check then decides
        complaints = self.sudo().complaint_id.sudo(False)
        refused = complaints._check_access("read" if operation == "read" else "write")
        if not refused:
            return None
        # sudo: as above
        forbidden = self.filtered(lambda part: part.sudo().complaint_id in refused[0])
        forbidden.invalidate_recordset(["complaint_id"])
        return forbidden, refused[1]
