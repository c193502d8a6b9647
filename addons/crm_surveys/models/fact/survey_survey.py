from odoo import models


class SurveySurvey(models.Model):
    """The figures of a survey can be built anew from its responses at any time."""

    _inherit = "survey.survey"

    def _rebuild_facts(self):
        """Draw the facts of these surveys anew, and return those that were missing."""
        return self.env["crm.survey.fact"]._rebuild(self)
