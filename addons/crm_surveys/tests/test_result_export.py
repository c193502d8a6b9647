import io
import json
from datetime import datetime

import openpyxl

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .result_common import ResultCase

URL = "/crm_surveys/results.xlsx"
PERIOD = {"start": "2026-03-01", "end": "2026-03-31"}


@tagged("post_install", "-at_install")
class TestResultExport(HttpCase, ResultCase):
    """Results as a file."""

    def fetch(self, login, filters):
        self.authenticate(login, login)
        text = filters if isinstance(filters, str) else json.dumps({**PERIOD, **filters})
        return self.url_open(URL, params={"filters": text})

    def rows(self, response):
        """Return the rows of a file by the names of their columns."""
        sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
        names, _titles, *rows = sheet.iter_rows(values_only=True)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def test_a_file_has_a_row_for_each_response(self):
        survey = self.survey(("nps", "driver", "reason", "text"))
        nps, driver, reason, text = survey.question_ids
        price = reason.suggested_answer_ids[0]
        moment = {"rated_user_id": self.employee.id, "rated_team_id": self.team.id}
        self.answer(
            survey,
            [
                {"nps": 0, "driver": 4, "reason": price, "text": "Too late"},
                {"nps": None, "text": "Fine"},
            ],
            **moment,
        )

        rows = self.rows(self.fetch("srv_leader", {"survey": survey.id}))

        self.assertEqual(len(rows), 2)
        first, second = rows
        self.assertEqual(first["user_id"], "Emil Employee")
        self.assertEqual((first["nps_value"], second["nps_value"]), (0, None))
        self.assertEqual(first[f"question_{nps.id}"], 0)
        self.assertEqual(first[f"question_{driver.id}"], 4)
        self.assertEqual(first[f"question_{reason.id}"], "Price")
        self.assertEqual(second[f"question_{text.id}"], "Fine")

    def test_t17_a_formula_a_customer_typed_is_text(self):
        survey = self.survey(("nps", "text"))
        text = survey.question_ids[1]
        typed = ["=SUM(A1)", "+1", "-1", "@SUM(A1)"]
        self.answer(survey, [{"nps": 9, "text": one} for one in typed])

        rows = self.rows(self.fetch("srv_manager", {"survey": survey.id}))

        found = {row[f"question_{text.id}"] for row in rows}
        self.assertEqual(found, {f"'{one}" for one in typed})

    def test_times_are_those_of_the_reader_and_say_so(self):
        survey = self.survey(("nps",))
        when = self.question(survey, title="When?", question_type="datetime", role=False)
        line = {
            "question_id": when.id,
            "answer_type": "datetime",
            "value_datetime": "2026-03-20 23:30:00",
        }
        response = self.start(survey)
        response.user_input_line_ids = [Command.create(line)]
        self.finish(response, {"nps": 9})
        self.env.cr.execute(
            "UPDATE crm_survey_fact SET date = '2026-03-20 20:00:00' WHERE survey_id = %s",
            [survey.id],
        )
        self.manager.tz = "Asia/Yekaterinburg"

        file = self.fetch("srv_manager", {"survey": survey.id})

        sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
        names, titles, row = sheet.iter_rows(values_only=True)
        by_name = dict(zip(names, zip(titles, row, strict=True), strict=True))
        self.assertEqual(
            by_name[f"question_{when.id}"], ("When? (Asia/Yekaterinburg)", "2026-03-21 04:30")
        )
        self.assertEqual(
            by_name["date"], ("Answered on (Asia/Yekaterinburg)", datetime(2026, 3, 21, 1))
        )

    def test_t1_a_file_holds_what_one_may_read(self):
        survey = self.survey()
        self.answer(survey, [{"nps": 1}], rated_team_id=self.team.id)
        self.answer(survey, [{"nps": 2}], rated_team_id=self.other_team.id)

        for login, values in (("srv_leader", [1]), ("srv_manager", [1, 2])):
            with self.subTest(login=login):
                rows = self.rows(self.fetch(login, {"survey": survey.id}))
                self.assertEqual([row["nps_value"] for row in rows], values)

    def test_t14_files_are_for_leaders(self):
        for login in ("srv_employee", "srv_interviewer", "srv_outsider", "srv_customer"):
            with self.subTest(login=login):
                self.assertEqual(self.fetch(login, {}).status_code, 403)

    def test_t5_garbage_is_refused(self):
        for text in ("", "{", "[]", '{"user": "1"}', "[" * 5000, '{"days": 1e400}'):
            with self.subTest(text=text[:20]):
                self.assertEqual(self.fetch("srv_manager", text).status_code, 400)

    def test_t3_a_file_is_not_made_by_post(self):
        self.authenticate("srv_manager", "srv_manager")

        self.assertEqual(self.url_open(URL, data={"filters": "{}"}).status_code, 405)
