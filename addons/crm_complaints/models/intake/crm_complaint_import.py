from odoo import api, models


class CrmComplaint(models.Model):
    """Complaints brought in from a file."""

    _inherit = "crm.complaint"

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Complaints"),
                "template": "/crm_complaints/static/csv/crm_complaint.csv",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Import; what says nothing of its channel came by the import."""
        channel = self.env["crm.complaint.channel"]._get_by_code("import")
        records = self.with_context(default_channel_id=channel.id)
        return super(CrmComplaint, records).load(fields, data)
