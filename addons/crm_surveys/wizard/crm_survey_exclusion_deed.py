from odoo import fields, models

from ..models.fairness.crm_survey_exclusion import REASONS


class CrmSurveyExclusionDeed(models.TransientModel):
    """Asks for the words that belong to an appeal or a decision; the exclusion judges the rest."""

    _name = "crm.survey.exclusion.deed"
    _description = "Appeal or Decision about an Answer"

    fact_id = fields.Many2one("crm.survey.fact", "Answer", required=True)
    deed = fields.Selection(
        [
            ("appeal", "Appeal"),
            ("exclude", "Exclude"),
            ("refuse", "It counts"),
            ("lift", "Count again"),
        ],
        required=True,
    )
    reason = fields.Selection(REASONS)
    words = fields.Text("Why", required=True)

    def action_confirm(self):
        """Do it, with the rights of whoever asks."""
        self.ensure_one()
        exclusions = self.env["crm.survey.exclusion"]
        if self.deed == "exclude":
            exclusions._exclude(self.fact_id, self.reason, self.words)
        else:
            deeds = {
                "appeal": exclusions._appeal,
                "refuse": exclusions._refuse,
                "lift": exclusions._lift,
            }
            deeds[self.deed](self.fact_id, self.words)
        return {"type": "ir.actions.act_window_close"}
