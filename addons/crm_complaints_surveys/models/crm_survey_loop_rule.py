from odoo import fields, models


class CrmSurveyLoopRule(models.Model):
    """An answer may be so bad that it is a complaint."""

    _inherit = "crm.survey.loop.rule"

    kind = fields.Selection(
        selection_add=[("complaint", "Register a complaint")],
        ondelete={"complaint": "set default"},
    )
