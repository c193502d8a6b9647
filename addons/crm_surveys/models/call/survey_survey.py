from odoo import api, fields, models
from odoo.exceptions import ValidationError

MAX_ATTEMPTS, MAX_HOURS = 20, 240


class SurveySurvey(models.Model):
    """How often customers are called."""

    _inherit = "survey.survey"

    call_attempt_limit = fields.Integer(
        "Attempts to Reach", default=5, help="After so many calls nobody answers, it ends."
    )
    call_retry_hours = fields.Integer("Hours between Attempts", default=4)

    @api.constrains("call_attempt_limit", "call_retry_hours")
    def _check_calls(self):
        for survey in self:
            attempts, hours = survey.call_attempt_limit, survey.call_retry_hours
            if not (1 <= attempts <= MAX_ATTEMPTS and 1 <= hours <= MAX_HOURS):
                raise ValidationError(
                    self.env._(
                        "%(survey)s: give 1 to %(attempts)s attempts to reach a customer, and 1 "
                        "to %(hours)s hours between them.",
                        survey=survey.title,
                        attempts=MAX_ATTEMPTS,
                        hours=MAX_HOURS,
                    )
                )
