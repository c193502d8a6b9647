from odoo import api, fields, models


class SurveyQuestionAnswer(models.Model):
    """A choice and what it is worth, where the choices of a question are a scale."""

    _inherit = "survey.question.answer"

    measure_value = fields.Float(
        "Value",
        help="Where the question is asked for satisfaction or a driver: the better the higher.",
    )

    def write(self, vals):
        if "measure_value" in vals:
            changed = self.filtered(lambda choice: choice.measure_value != vals["measure_value"])
            changed.question_id.filtered("role")._check_unanswered()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_answered(self):
        self.question_id.filtered("role")._check_unanswered()
