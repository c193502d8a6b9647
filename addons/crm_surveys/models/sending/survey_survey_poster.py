from odoo import models
from odoo.exceptions import UserError

from .crm_survey_invitation_sheet import draw_code


class SurveySurvey(models.Model):
    """Open surveys on paper: a code on packaging, receipt or shelf, for whoever wants to answer."""

    _inherit = "survey.survey"

    def _get_open_code(self):
        """Return the open link as a code for cameras.

        :raise UserError: the survey can be answered by invitation only
        """
        self.ensure_one()
        if self.access_mode != "public":
            raise UserError(
                self.env._(
                    "“%(survey)s” is answered by invitation only: print the sheets of invitations,"
                    " or open it to anyone with the link.",
                    survey=self.title,
                )
            )
        return draw_code(f"{self.get_base_url()}{self.get_start_url()}")
