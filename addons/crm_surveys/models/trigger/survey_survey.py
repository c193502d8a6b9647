from odoo import fields, models


class SurveySurvey(models.Model):
    """A survey knows by which triggers it is sent."""

    _inherit = "survey.survey"

    survey_trigger_ids = fields.One2many("crm.survey.trigger", "survey_id", "Triggers")
