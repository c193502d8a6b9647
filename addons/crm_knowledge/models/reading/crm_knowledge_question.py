from odoo import api, fields, models

from ...logic import lifecycle
from ...logic.reading import Question


class CrmKnowledgeQuestion(models.Model):
    """A question of the short check that stands before a confirmation.

    It shows whether a text was understood; it is no examination, and wrong answers are not kept.
    """

    _name = "crm.knowledge.question"
    _description = "Question about a Knowledge Article"
    _inherit = ["crm.knowledge.part"]
    _order = "sequence, id"

    name = fields.Char("Question", required=True)
    sequence = fields.Integer(default=10)
    choice_ids = fields.One2many("crm.knowledge.choice", "question_id", "Answers", copy=True)

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        questions._check_set_up()
        return questions

    def write(self, vals):
        self._check_set_up()
        result = super().write(vals)
        self._check_set_up()  # it may belong to another article now
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_set_up(self):
        self._check_set_up()

    def _check_set_up(self):
        """Refuse where the user may not set up the article."""
        if not self.env.su:
            self.article_id._check_deed(lifecycle.SET_UP)

    def _to_logic(self):
        """Return the questions that have a right answer, as the rules want them."""
        # sudo: readers do not see which answers are right
        return [
            Question(
                id=question.id,
                choices=frozenset(question.choice_ids.ids),
                right=frozenset(question.choice_ids.filtered("is_right").ids),
            )
            for question in self.sudo()
            if any(question.choice_ids.mapped("is_right"))
        ]
