from datetime import datetime

from odoo.fields import Command

from .common import SurveysCase

#: The day on which tests of results look at them.
TODAY = "2026-03-31 12:00:00"


class ResultCase(SurveysCase):
    """Builds many answers at once, as a survey has them after a while."""

    @classmethod
    def answer(cls, survey, values, partner=None, day="2026-03-20", **moment):
        """Let customers answer; each of ``values`` is a mapping of roles to answers.

        Quicker than the public page, and drawn into facts by the same statement.
        """
        questions = {question.role: question for question in survey.question_ids}
        responses = cls.env["survey.user_input"].create(
            [
                {
                    "survey_id": survey.id,
                    "partner_id": (partner or cls.customer).id,
                    "commercial_partner_id": (partner or cls.customer).commercial_partner_id.id,
                    "start_datetime": datetime.fromisoformat(f"{day} 09:55:00"),
                    "end_datetime": datetime.fromisoformat(f"{day} 10:00:00"),
                    "state": "done",
                    **moment,
                    "user_input_line_ids": [
                        Command.create(cls._line(questions[role], answer))
                        for role, answer in answers.items()
                    ],
                }
                for answers in values
            ]
        )
        survey._rebuild_facts()
        return responses

    @classmethod
    def _line(cls, question, answer):
        vals = {"question_id": question.id}
        if answer is None:
            return {**vals, "skipped": True}
        if question.question_type == "scale":
            return {**vals, "answer_type": "scale", "value_scale": answer}
        if question.question_type == "simple_choice":
            return {**vals, "answer_type": "suggestion", "suggested_answer_id": answer.id}
        return {**vals, "answer_type": "text_box", "value_text_box": answer}

    def results(self, viewer=None, **filters):
        """Return what the page shows to a user, the manager if not said."""
        results = self.env["crm.survey.result"].with_user(viewer or self.manager)
        return results.get_results(filters)

    def table(self, results, name):
        """Return the rows of a table by id."""
        tables = {table["name"]: table["rows"] for table in results["tables"]}
        return {row["id"]: row for row in tables.get(name, ())}
