from odoo import api, fields, models


class CrmStandardVersion(models.Model):
    """A version shows the complaints that came of not keeping it while it was in force."""

    _inherit = "crm.standard.version"

    complaint_count = fields.Integer(
        compute="_compute_complaint_count",
        groups="crm_complaints.group_user",
        help="Complaints one may see of which a confirmed cause is that it was not kept.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint.cause.share"]._read_group(
                [("version_id", "in", self.ids)], ["version_id"], ["complaint_id:count_distinct"]
            )
        )
        for version in self:
            version.complaint_count = counts.get(version, 0)

    def action_view_complaints(self):
        """Open the causes of complaints that name this version."""
        self.ensure_one()
        return self.env["crm.complaint.report.cause"]._open_standards(
            [("version_id", "=", self.id)]
        )
