from odoo import fields, models


class CrmSurveyFact(models.Model):
    """An answer, and what followed from it."""

    _inherit = "crm.survey.fact"

    followup_ids = fields.One2many("crm.survey.followup", "fact_id", "Follow-ups", readonly=True)

    def _follow_finished(self):
        result = super()._follow_finished()
        self.env["crm.survey.followup"]._make(self)
        return result
