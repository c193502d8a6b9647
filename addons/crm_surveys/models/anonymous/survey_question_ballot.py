from odoo import models

from ...logic.ballot_form import MISSING, Asked


class SurveyQuestion(models.Model):
    """Questions as they stand on the form of an anonymous survey."""

    _inherit = "survey.question"

    def _get_asked(self):
        """Return these as the form is read by."""
        return [
            Asked(
                question.id,
                question.question_type,
                is_mandatory=question.constr_mandatory,
                choices=frozenset(question.suggested_answer_ids.ids),
                rows=frozenset(question.matrix_row_ids.ids),
                is_matrix_multiple=question.matrix_subtype == "multiple",
                scale=(question.scale_min, question.scale_max),
                has_comment=question.comments_allowed,
                comment_answers=question.comment_count_as_answer,
                shown_by=frozenset(question.triggering_answer_ids.ids),
            )
            for question in self
        ]

    def _find_wrong(self, answers, errors):
        """Return what to say about what was typed, by question: our rules and core's."""
        words = {}
        for question in self:
            said = answers.get(str(question.id))
            if question.id in errors:
                missing = question.constr_error_msg or self.env._("Please answer this question.")
                unknown = self.env._("Choose one of the answers.")
                words[question.id] = missing if errors[question.id] == MISSING else unknown
            elif said and said["answer"]:
                words |= question.validate_question(said["answer"], said["comment"])
        return words
