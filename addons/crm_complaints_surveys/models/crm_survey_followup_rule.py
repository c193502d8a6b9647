from odoo import fields, models


class CrmSurveyFollowupRule(models.Model):
    """An answer may be so bad that it is a complaint."""

    _inherit = "crm.survey.followup.rule"

    kind = fields.Selection(
        selection_add=[("complaint", "Register a complaint")],
        ondelete={"complaint": "set default"},
    )
