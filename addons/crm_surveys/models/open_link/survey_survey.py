from odoo import models

from ...logic.open_link import Limits, is_too_many
from ..survey.survey_survey import OURS


class SurveySurvey(models.Model):
    """An open survey takes so many answers an hour, whoever sends them."""

    _inherit = "survey.survey"

    def _take_open_turn(self, address):
        """Return whether somebody at an address may begin an answer, and note that he does.

        Surveys that are not open to anybody with the link, or not ours, have no such limit.
        """
        self.ensure_one()
        if self.survey_type != OURS or self.access_mode != "public":
            return True
        # sudo: a customer reads neither the settings nor what is counted
        company = self.sudo().company_id or self.env.company.sudo()
        hits = self.env["crm.survey.open.hit"].sudo()  # sudo: as above
        limits = Limits(company.survey_open_sender_limit, company.survey_open_limit)
        if is_too_many(*hits._count(company, address), limits):
            return False
        hits._note(company, address)
        return True
