from odoo import api, fields, models


class CrmComplaintCircumstance(models.Model):
    """Something about a case for which the law sets another term: goods to be examined."""

    _name = "crm.complaint.circumstance"
    _description = "Circumstance of Complaints"
    _inherit = ["crm.complaint.catalogue"]

    is_holding_letter = fields.Boolean(
        "Holding Letter",
        help="This circumstance comes about by telling the complainant why the final answer takes"
        " longer. Sending a mail by a template for holding letters adds it.",
    )
    note = fields.Text("Explanation", translate=True, help="When a clerk chooses it.")

    @api.model
    def _get_complaint_uses(self):
        return [
            *super()._get_complaint_uses(),
            ("crm.complaint", "circumstance_ids"),
            ("crm.complaint.term.rule", "circumstance_id"),
        ]
