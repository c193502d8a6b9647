from odoo import api, fields, models


class CrmKnowledgeQuery(models.Model):
    """What was asked over a complaint keeps its main cause, not which complaint it was."""

    _inherit = "crm.knowledge.query"

    complaint_cause_id = fields.Many2one(
        "crm.complaint.cause", "Cause of the Complaint", readonly=True, ondelete="set null"
    )

    @api.model
    def _prepare_subject(self, record):
        values = super()._prepare_subject(record)
        if record is not None and record._name == "crm.complaint" and not record.is_confidential:
            values["complaint_cause_id"] = record.main_cause_id.id
        return values
