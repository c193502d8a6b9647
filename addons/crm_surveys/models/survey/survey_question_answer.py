from odoo import api, fields, models

from ...logic.roles import MEASURED


class SurveyQuestionAnswer(models.Model):
    """A choice and what it is worth, where the choices of a question are a scale."""

    _inherit = "survey.question.answer"

    measure_value = fields.Float(
        "Value",
        help="Where the question is asked for satisfaction or a driver: the better the higher.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        choices._check_measured()
        return choices

    def write(self, vals):
        if "question_id" in vals:
            self._check_measured()
            result = super().write(vals)
            self._check_measured()
            return result
        if "measure_value" in vals:
            changed = self.filtered(lambda choice: choice.measure_value != vals["measure_value"])
            changed.question_id.filtered("role")._check_unanswered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.question_id.filtered("role")._check_unanswered()

    def _check_measured(self):
        """Refuse a further place on a scale by which customers have answered."""
        self.question_id.filtered(lambda question: question.role in MEASURED)._check_unanswered()
