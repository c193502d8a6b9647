from odoo import api, fields, models

#: The six bones of Ishikawa's drawing.
BRANCHES = [
    ("people", "People"),
    ("method", "Methods"),
    ("machine", "Equipment"),
    ("material", "Materials"),
    ("measurement", "Measurement"),
    ("environment", "Environment"),
]


class CrmComplaintCause(models.Model):
    """Causes stand on one of Ishikawa's six bones; those below another stand on the same."""

    _inherit = "crm.complaint.cause"

    branch = fields.Selection(
        BRANCHES,
        compute="_compute_branch",
        store=True,
        readonly=False,
        recursive=True,
        help="The bone of Ishikawa's drawing that the cause belongs to.",
    )

    @api.depends("parent_id.branch")
    def _compute_branch(self):
        for cause in self:
            cause.branch = cause.parent_id.branch or cause.branch

    @api.model
    def _get_complaint_uses(self):
        return [
            *super()._get_complaint_uses(),
            ("crm.complaint.cause.share", "cause_id"),
            ("crm.complaint.suspect", "cause_id"),
            ("crm.complaint.action", "cause_id"),
            ("crm.complaint.effect.check", "cause_id"),
        ]
