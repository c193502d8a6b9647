from odoo import fields, models


class CrmComplaintStepCheck(models.Model):
    """A point on the checklist of a step."""

    _name = "crm.complaint.step.check"
    _description = "Checklist of a Step"
    _inherit = ["crm.complaint.step.line"]

    name = fields.Char(required=True, translate=True)
    is_required = fields.Boolean(
        "Must Be Ticked", default=True, help="The step cannot be finished before."
    )
