from odoo import api, models
from odoo.exceptions import AccessError

#: What would lead from a response to who gave it.
NAMING = {
    "partner_id",
    "commercial_partner_id",
    "email",
    "nickname",
    "invite_token",
    "invitation_id",
    "res_model",
    "res_id",
    "interviewer_id",
}


class SurveyUserInput(models.Model):
    """A response to an anonymous survey names nobody, through whatever door it comes."""

    _inherit = "survey.user_input"

    @api.model_create_multi
    def create(self, vals_list):
        responses = super().create(vals_list)
        responses._check_anonymous()
        return responses

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {*NAMING, "survey_id", "test_entry"}:
            self._check_anonymous()
        return result

    def _check_anonymous(self):
        # sudo: what the survey has promised holds for everybody
        responses = self.sudo().filtered(
            lambda response: response.survey_id.is_anonymous and not response.test_entry
        )
        if any(response[name] for response in responses for name in NAMING):
            raise AccessError(
                self.env._("The survey is anonymous: a response to it has no name and no address.")
            )
