from odoo import api, fields, models
from odoo.fields import Domain

from ...logic.roles import REASON


class CrmSurveyFact(models.Model):
    """The reasons a customer chose: read from his response, which stays closed itself."""

    _inherit = "crm.survey.fact"

    reason_ids = fields.Many2many(
        "survey.question.answer",
        string="Reasons Chosen",
        compute="_compute_reason_ids",
        # who may read a result may read what was answered; responses have tokens and are closed
        compute_sudo=True,
        search="_search_reason_ids",
    )

    @api.depends("user_input_id")
    def _compute_reason_ids(self):
        for fact in self:
            lines = fact.user_input_id.user_input_line_ids
            chosen = lines.filtered(lambda line: line.question_id.role == REASON)
            fact.reason_ids = chosen.suggested_answer_id

    def _search_reason_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        keys = [key for key in value if key]
        domain = Domain("user_input_id", "in", self._find_reasoned(keys)) if keys else Domain.FALSE
        if len(keys) < len(value):
            domain |= Domain("user_input_id", "not in", self._find_reasoned())
        return domain

    def _find_reasoned(self, choice_ids=None):
        """Return the query of the responses that chose one of these reasons, or any."""
        chosen = Domain("question_id.role", "=", REASON)
        chosen &= Domain("suggested_answer_id", "in" if choice_ids else "!=", choice_ids or False)
        # sudo: what it finds are facts, and those are searched under the viewer's rules
        responses = self.env["survey.user_input"].sudo()
        return responses._search(Domain("user_input_line_ids", "any", chosen))
