from odoo import api, models
from odoo.exceptions import UserError


class BatchRefused(Exception):
    """One of several rows is bad; the importer tries them one by one."""


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

    def _load_records(self, data_list, update=False):
        """Have each fault told on its own row: core tells that of a batch on the first one, too."""
        try:
            return super()._load_records(data_list, update)
        except UserError as error:
            if len(data_list) > 1:
                raise BatchRefused from error
            raise
