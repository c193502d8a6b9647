from odoo import api, fields, models


class SurveySurvey(models.Model):
    """A survey shows which of its answers are followed up."""

    _inherit = "survey.survey"

    survey_followup_rule_ids = fields.Many2many(
        "crm.survey.loop.rule",
        string="Rules of Follow-up",
        compute="_compute_survey_followup_rule_ids",
    )

    @api.depends_context("uid", "allowed_company_ids")
    @api.depends("company_id")
    def _compute_survey_followup_rule_ids(self):
        # pylint: disable=no-search-all; a handful of rules
        rules = self.env["crm.survey.loop.rule"].search([])
        for survey in self:
            survey.survey_followup_rule_ids = rules.filtered(
                lambda rule, survey=survey: (
                    (not rule.survey_ids or survey._origin in rule.survey_ids)
                    and (not survey.company_id or rule.company_id <= survey.company_id)
                )
            )
