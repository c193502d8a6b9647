from odoo import api, models
from odoo.exceptions import ValidationError


class CrmSurveyLoopRule(models.Model):
    """A rule cannot be about anonymous answers."""

    _inherit = "crm.survey.loop.rule"

    @api.constrains("survey_ids")
    def _check_names_known(self):
        for survey in self.survey_ids.filtered("is_anonymous"):
            raise ValidationError(
                self.env._(
                    "%(survey)s is anonymous: nobody knows whom to talk to. Choose other surveys.",
                    survey=survey.title,
                )
            )
