from odoo import api, fields, models


class CrmStandard(models.Model):
    """On its form a standard shows the complaints that came of not keeping it."""

    _inherit = "crm.standard"

    complaint_count = fields.Integer(
        compute="_compute_complaint_count",
        groups="crm_complaints.group_user",
        help="Complaints one may see of which a confirmed cause is that it was not kept.",
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_complaint_count(self):
        counts = dict(
            self.env["crm.complaint.cause.share"]._read_group(
                [("standard_id", "in", self.ids)],
                ["standard_id"],
                ["complaint_id:count_distinct"],
            )
        )
        for standard in self:
            standard.complaint_count = counts.get(standard, 0)

    def action_view_complaints(self):
        """Open the causes of complaints that name this standard, by version."""
        self.ensure_one()
        return self.env["crm.complaint.report.cause"]._open_standards(
            [("standard_id", "=", self.id)]
        )
