from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from odoo.addons.crm_deadline.readable import readable


class MailFollowers(models.Model):
    """Who follows a complaint is seen by whoever may read the complaint.

    Core lets every employee read all followers: of a confidential complaint that would tell that
    it exists, and who works on it.
    """

    _inherit = "mail.followers"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._search_complaints()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _search_complaints(self):
        """Return the domain that leaves out the followers of complaints out of reach."""
        others = Domain("res_model", "!=", "crm.complaint")
        complaints = self.env["crm.complaint"]
        if not complaints.has_access("read"):
            return others
        return others | readable(complaints, "res_id")

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn what each entry belongs to
        entries = self.sudo().filtered(lambda entry: entry.res_model == "crm.complaint")
        complaints = self.env["crm.complaint"].browse(entries.mapped("res_id")).exists()
        hidden = complaints - complaints._filtered_access("read")
        if not hidden:
            return None
        forbidden = self & entries.filtered(lambda entry: entry.res_id in hidden.ids)
        return forbidden, lambda: AccessError(
            self.env._("You may not see who follows these complaints.")
        )
