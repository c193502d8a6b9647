from __future__ import annotations

from dataclasses import replace

from odoo import api, models
from odoo.tools import SQL

from ...logic import reasons as logic
from ...logic.roles import REASON


class CrmSurveyResult(models.AbstractModel):
    """Why customers say what they say: the reasons they chose, question by question."""

    _inherit = "crm.survey.result"

    @api.model
    def _complete(self, results, asked, counted):
        results = super()._complete(results, asked, counted)
        results["reasons"] = self._get_reason_tables(asked)
        self._add_reason_option(results, asked.picks.get("reason"))
        return results

    @api.model
    def _get_reason_tables(self, asked):
        """Return a table of reasons for each question that asks for them, most answers first.

        Of too few answers a question has its count only. Whichever reason is filtered by, all
        stand here: else the one would be left, with everybody.
        """
        picks = {name: value for name, value in asked.picks.items() if name != "reason"}
        counted = self._count_reasons(replace(asked, picks=picks))
        minimum = self._get_minimum()
        # sudo: titles of questions and choices of answers the viewer reads anyway
        questions = self.env["survey.question"].sudo().browse(counted)
        tables = [
            {
                "id": question.id,
                "name": question.title,
                "survey": question.survey_id.title,
                "count": counted[question.id][None],
                "is_shown": counted[question.id][None] >= minimum,
                "rows": self._get_reason_rows(question, counted[question.id], minimum),
            }
            for question in questions
        ]
        return sorted(tables, key=lambda table: (-table["count"], table["name"]))

    @api.model
    def _get_reason_rows(self, question, counts, minimum):
        counts = dict(counts)
        answered = counts.pop(None)
        names = {choice.id: choice.value or "" for choice in question.suggested_answer_ids}
        rows = [
            {
                "id": one.key,
                "name": names.get(one.key, ""),
                "count": one.count,
                "percent": round(one.share.value, 1),
                "low": round(one.share.low, 1),
                "high": round(one.share.high, 1),
            }
            for one in logic.weigh(counts, answered, minimum)
        ]
        return sorted(rows, key=lambda row: (-row["count"], row["name"]))

    @api.model
    def _count_reasons(self, asked):
        """Return how many customers chose what, by question and choice; under ``None`` all."""
        domain = [("role", "=", REASON)]
        if asked.picks.get("survey"):
            domain.append(("survey_id", "=", asked.picks["survey"]))
        # sudo: which questions there are; the answers are those of facts the viewer may read
        questions = self.env["survey.question"].sudo().search(domain)
        if not questions:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.question_id, line.suggested_answer_id,
                       GROUPING(line.suggested_answer_id), COUNT(DISTINCT line.user_input_id)
                  FROM (%s) AS fact
                  JOIN survey_user_input_line line ON line.user_input_id = fact.user_input_id
                 WHERE line.question_id = ANY(%s) AND line.skipped IS NOT TRUE
              GROUP BY GROUPING SETS ((line.question_id),
                                      (line.question_id, line.suggested_answer_id))
                """,
                self._get_fact_query(asked, user_input_id=self._column("user_input_id")),
                questions.ids,
            )
        )
        counted: dict = {}
        for question_id, choice_id, is_whole, count in rows:
            # a comment without a choice is in the whole, and among the texts
            if is_whole or choice_id:
                counted.setdefault(question_id, {})[choice_id] = count
        return counted

    @api.model
    def _add_reason_option(self, results, picked):
        """Let the reason that is filtered by stand among the filters, to be taken away there."""
        if not picked:
            return
        names = {row["id"]: row["name"] for table in results["reasons"] for row in table["rows"]}
        name = names.get(picked) or self.env._("Reason %(number)s", number=picked)
        results["options"]["dimensions"].append(
            {
                "name": "reason",
                "title": self.env._("Reason"),
                "values": [{"id": picked, "name": name}],
            }
        )
