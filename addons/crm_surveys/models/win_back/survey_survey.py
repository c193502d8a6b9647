from odoo import fields, models


class SurveySurvey(models.Model):
    """A survey knows the waves to lost customers it is for."""

    _inherit = "survey.survey"

    wave_ids = fields.One2many("crm.survey.wave", "survey_id", "Waves to Lost Customers")
