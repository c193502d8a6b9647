from odoo import api, fields, models

#: What a complainant may demand, as the kind of a remedy: laws set terms by it.
REMEDY_KINDS = [
    ("replacement", "Replacement"),
    ("refund", "Refund"),
    ("price_reduction", "Price reduction"),
    ("repair", "Repair"),
    ("discount", "Discount"),
    ("apology", "Apology"),
    ("damages", "Damages"),
    ("return_goods", "Return of goods"),
    ("information", "Information"),
    ("other", "Other"),
]


class CrmComplaintRemedy(models.Model):
    """What can be demanded and granted to settle a complaint."""

    _name = "crm.complaint.remedy"
    _description = "Remedy of Complaints"
    _inherit = ["crm.complaint.catalogue"]

    kind = fields.Selection(
        REMEDY_KINDS,
        required=True,
        default="other",
        help="The kind of remedy, by which the law sets its term.",
    )

    @api.model
    def _get_complaint_uses(self):
        return [*super()._get_complaint_uses(), ("crm.complaint", "remedy_demanded_id")]
