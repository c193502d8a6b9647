from odoo import fields, models


class CrmComplaint(models.Model):
    """The complaints a complaint is linked to."""

    _inherit = "crm.complaint"

    link_ids = fields.One2many("crm.complaint.link", "complaint_id", "Links", copy=False)
    back_link_ids = fields.One2many("crm.complaint.link", "other_id", "Linked from", readonly=True)

    def _link(self, other, kind, note=None):
        """Link a complaint to another, once: saying it again changes nothing."""
        self.ensure_one()
        links = self.env["crm.complaint.link"]
        pair = (self | other).ids
        found = links.search(
            [("complaint_id", "in", pair), ("other_id", "in", pair), ("kind", "=", kind)], limit=1
        )
        values = {"complaint_id": self.id, "other_id": other.id, "kind": kind, "note": note}
        return found or links.create(values)
