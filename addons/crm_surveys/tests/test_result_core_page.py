import json
from datetime import date, datetime, timedelta
from random import Random

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .result_common import ResultCase

KINDS = {
    "simple_choice": "suggestion",
    "multiple_choice": "suggestion",
    "matrix": "suggestion",
    "scale": "scale",
    "numerical_box": "numerical_box",
    "date": "date",
    "datetime": "datetime",
    "char_box": "char_box",
    "text_box": "text_box",
}


@tagged("post_install", "-at_install")
class TestResultCorePage(HttpCase, ResultCase):
    """Core's page of results, counted by the database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = cls.survey(())
        cls.env["survey.question"].create(
            {"survey_id": cls.asked.id, "title": "Part", "is_page": True, "question_type": False}
        )
        for number, kind in enumerate(KINDS, start=1):
            vals = {"question_type": kind, "title": kind, "sequence": number}
            if KINDS[kind] == "suggestion":
                vals["suggested_answer_ids"] = [
                    Command.create({"value": f"Choice {one}"}) for one in range(3)
                ]
                vals |= {"comments_allowed": True, "comment_count_as_answer": number % 2 == 0}
            if kind == "matrix":
                vals["matrix_row_ids"] = [
                    Command.create({"value": f"Row {one}"}) for one in range(2)
                ]
            cls.question(cls.asked, **vals)

    def lines_of(self, question, random):
        """Return the values of random answers of one customer to a question."""
        kind = question.question_type
        vals = {"question_id": question.id, "answer_type": KINDS[kind]}
        if random.random() < 0.2:
            return [{"question_id": question.id, "skipped": True}]
        choices = question.suggested_answer_ids.ids
        if kind == "simple_choice":
            lines = [{**vals, "suggested_answer_id": random.choice(choices)}]
        elif kind == "multiple_choice":
            lines = [{**vals, "suggested_answer_id": one} for one in random.sample(choices, 2)]
        elif kind == "matrix":
            lines = [
                {**vals, "suggested_answer_id": random.choice(choices), "matrix_row_id": part}
                for part in question.matrix_row_ids.ids
            ]
        else:
            value = {
                "scale": random.randint(0, 10),
                "numerical_box": random.choice([0.5, 2, 7.25]),
                "date": date(2026, 1, 1) + timedelta(days=random.randint(0, 3)),
                "datetime": datetime(2026, 1, random.randint(1, 3), 9),
                "char_box": random.choice(["one", "two"]),
                "text_box": "three\nfour",
            }[kind]
            lines = [{**vals, f"value_{kind}": value}]
        if choices and random.random() < 0.3:
            lines.append({**vals, "answer_type": "char_box", "value_char_box": "By the way"})
        return lines

    def ask(self, count):
        """Let so many customers answer at random."""
        random = Random(count)
        questions = self.asked.question_ids
        return self.env["survey.user_input"].create(
            [
                {
                    "survey_id": self.asked.id,
                    "state": "done",
                    "user_input_line_ids": [
                        Command.create(line)
                        for question in questions
                        for line in self.lines_of(question, random)
                    ],
                }
                for _one in range(count)
            ]
        )

    def test_figures_are_those_of_core_on_random_answers(self):
        lines = self.ask(40).user_input_line_ids
        self.env.flush_all()
        questions = self.asked.question_and_page_ids
        query = self.env["survey.user_input.line"]._search([("id", "in", lines.ids)])

        ours = questions._count_statistics(query)
        cores = questions._prepare_statistics(lines)

        numbers = ("answer_line_ids", "answer_line_done_ids", "answer_input_ids")
        numbers += ("answer_input_done_ids", "comment_line_ids")
        for one, other in zip(ours, cores, strict=True):
            question = one["question"]
            with self.subTest(kind=question.question_type or "page"):
                self.assertEqual(question, other["question"])
                for name in numbers:
                    self.assertEqual(len(one.pop(name, ())), len(other.pop(name, ())), name)
                if not question.suggested_answer_ids and question.question_type != "scale":
                    # core lists them oldest first, and the skipped ones too
                    one.pop("table_data", None), other.pop("table_data", None)
                    listed = [json.loads(data.pop("answers_data", "[]")) for data in (one, other)]
                    self.assertEqual(*map(sorted, listed))
                self.assertEqual(one, other)

    def test_no_answers_have_no_sums_of_everybody(self):
        self.ask(3)

        found = self.asked._count_responses([("id", "=", 0)])

        self.assertEqual((found["count_all"], found["count_finished"]), (0, 0))

    def test_the_page_is_there_with_and_without_filters(self):
        self.ask(5)
        choice = self.asked.question_ids[0].suggested_answer_ids[0]
        self.authenticate("srv_manager", "srv_manager")

        for query in ("", f"?filters=A,0,{choice.id}", "?finished=true"):
            with self.subTest(query=query):
                page = self.url_open(f"/survey/results/{self.asked.id}{query}")
                self.assertEqual(page.status_code, 200)
                self.assertIn("simple_choice", page.text)

    def test_t5_garbage_filters_are_refused(self):
        other = self.survey(("reason",)).question_ids.suggested_answer_ids[0]
        self.authenticate("srv_manager", "srv_manager")

        for text in (
            "A",
            "A,b,c",
            "L,0",
            "A,1,2,3",
            "A,0,999999999",
            f"A,0,{2**31}",
            f"A,{2**63},1",
            "A,0,-1",
            f"L,0,{2**31}",
            "L,0,999999999",
            f"A,0,{other.id}",
        ):
            with self.subTest(text=text):
                page = self.url_open(f"/survey/results/{self.asked.id}?filters={text}")
                self.assertEqual(page.status_code, 400)

    def test_t1_the_page_is_for_managers(self):
        for login in ("srv_employee", "srv_leader", "srv_outsider"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                with mute_logger("odoo.http"):
                    page = self.url_open(f"/survey/results/{self.asked.id}")
                self.assertEqual(page.status_code, 403)
