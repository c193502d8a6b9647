from odoo import api, models
from odoo.exceptions import ValidationError


class CrmSurveyWave(models.Model):
    """A wave writes down why each customer went: that is not anonymous."""

    _inherit = "crm.survey.wave"

    @api.constrains("survey_id")
    def _check_not_anonymous(self):
        for survey in self.survey_id.filtered("is_anonymous"):
            raise ValidationError(
                self.env._(
                    "%(survey)s is anonymous, and a wave notes why each customer went. Choose "
                    "another survey.",
                    survey=survey.title,
                )
            )
