from odoo import api, models
from odoo.exceptions import ValidationError


class CrmSurveyTrigger(models.Model):
    """Anonymous surveys go by mail: other ways know who answers."""

    _inherit = "crm.survey.trigger"

    @api.constrains("survey_id", "channel", "second_channel")
    def _check_anonymous_way(self):
        for trigger in self.filtered("survey_id.is_anonymous"):
            if not trigger._are_anonymous_ways():
                raise ValidationError(
                    self.env._(
                        "%(survey)s is anonymous and goes by e-mail only: on the phone, by SMS or "
                        "on paper it would be known who answers.",
                        survey=trigger.survey_id.title,
                    )
                )

    def _are_anonymous_ways(self):
        """Say whether all of these ask by mail only."""
        return all(
            {trigger.channel, trigger.second_channel or "mail"} == {"mail"} for trigger in self
        )
