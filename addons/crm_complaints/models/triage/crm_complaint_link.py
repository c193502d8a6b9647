from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

#: How a complaint stands to another, read from the first to the second.
LINK_KINDS = [
    ("duplicate", "Same case as"),
    ("repeat", "Repeats"),
    ("related", "Related to"),
    ("cause", "Caused by"),
    ("split", "Split off from"),
    ("different", "Not the same as"),
]


class CrmComplaintLink(models.Model):
    """How two complaints stand to one another, and who says so.

    “Not the same” is kept as well: nobody has to compare the two again. A link is seen by whoever
    may read both complaints: it would tell of the hidden one otherwise.
    """

    _name = "crm.complaint.link"
    _description = "Link of Complaints"
    _inherit = ["crm.complaint.part"]
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(LINK_KINDS, "Relation", required=True, default="related")
    other_id = fields.Many2one(
        "crm.complaint", "Other Complaint", required=True, index=True, ondelete="cascade"
    )
    other_stage_id = fields.Many2one(related="other_id.stage_id", string="Stage of the Other")
    stage_id = fields.Many2one(related="complaint_id.stage_id")
    note = fields.Char(help="Why, if it needs to be said.")

    _pair_unique = models.UniqueIndex(
        "(LEAST(complaint_id, other_id), GREATEST(complaint_id, other_id), kind)",
        "These complaints are already linked in this way.",
    )

    @api.constrains("complaint_id", "other_id")
    def _check_two(self):
        for link in self:
            if link.complaint_id == link.other_id:
                raise ValidationError(
                    self.env._(
                        "“%(complaint)s” cannot be linked to itself. Choose another complaint.",
                        complaint=link.complaint_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        # before anything is tried: what the database answers would tell of hidden complaints
        for vals in vals_list:
            self._check_ends(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_ends(vals)  # as above
        return super().write(vals)

    @api.model
    def _check_ends(self, vals):
        """Check that the user may change the complaint he links, and read the other one."""
        complaints = self.env["crm.complaint"]
        complaints.browse(vals.get("complaint_id") or []).check_access("write")
        complaints.browse(vals.get("other_id") or []).check_access("read")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            complaints = self.env["crm.complaint"]._search([], active_test=False)
            domain = Domain(domain) & Domain("other_id", "in", complaints)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn which complaint each link leads to, whose own check then decides
        others = self.sudo().other_id.sudo(False)
        refused = others._check_access("read")
        if not refused:
            return None
        # sudo: as above
        forbidden = self.filtered(lambda link: link.sudo().other_id in refused[0])
        forbidden.invalidate_recordset(["other_id"])
        return forbidden, lambda: AccessError(
            self.env._("You may not see all complaints that are linked here.")
        )
