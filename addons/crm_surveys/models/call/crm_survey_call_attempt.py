from odoo import fields, models

from .crm_survey_call import OUTCOMES


class CrmSurveyCallAttempt(models.Model):
    """One attempt to ask a customer by phone."""

    _name = "crm.survey.call.attempt"
    _description = "Attempt of a Phone Interview"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"

    call_id = fields.Many2one(
        "crm.survey.call", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        "res.users", "Interviewer", required=True, readonly=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True)
    note = fields.Char(readonly=True)
