from odoo import api, fields, models
from odoo.tools import SQL

PROOF = ("standard_id", "version_id")


class CrmComplaintReportCause(models.Model):
    """Complaints by the standard that was not kept, and by its version."""

    _inherit = "crm.complaint.report.cause"

    standard_id = fields.Many2one("crm.standard", "Standard not Kept", readonly=True)
    version_id = fields.Many2one("crm.standard.version", "Version then", readonly=True)

    @api.model
    def _get_share_query(self):
        """Add the standard to each share, which may come from another add-on's query."""
        return SQL(
            """
            SELECT line.*, proof.standard_id, proof.version_id
              FROM (%s) AS line
         LEFT JOIN crm_complaint_cause_share AS proof ON proof.id = line.id
            """,
            super()._get_share_query(),
        )

    @api.model
    def _get_columns(self):
        proof = {name: SQL("share.%s", SQL.identifier(name)) for name in PROOF}
        return {**super()._get_columns(), **proof}

    @api.model
    def _open_standards(self, domain):
        """Return the action that shows lines with a standard, narrowed by a domain."""
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints_standards.crm_complaint_report_cause_action_standard"
        )
        return {**window, "domain": domain, "context": {}}
