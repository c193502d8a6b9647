from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import SurveysCase

NAMES = ("delivery", "service", "lost", "win_back", "annual", "consumer")


class TestReady(SurveysCase):
    """Ready surveys: what is shipped, and how one starts from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ready = {name: cls.env.ref(f"crm_surveys.survey_ready_{name}") for name in NAMES}

    def _start(self, name, user=None):
        action = self.ready[name].with_user(user or self.manager).action_start_from_ready()
        return self.env["survey.survey"].browse(action["res_id"])

    def test_six_surveys_are_ready(self):
        surveys = self.env["survey.survey"].with_context(active_test=False)

        found = surveys.search([("is_ready", "=", True)])

        self.assertEqual(found, self.env["survey.survey"].union(*self.ready.values()))

    def test_each_measures_something_and_leaves_room_for_words(self):
        for name, survey in self.ready.items():
            with self.subTest(name):
                roles = set(survey.question_ids.mapped("role"))
                self.assertIn("text", roles)
                self.assertTrue(roles & {"nps", "csat", "ces", "driver"})
                self.assertTrue(survey.call_script)
                self.assertTrue(survey.ready_note)

    def test_a_started_survey_asks_the_same_and_is_open(self):
        for name, ready in self.ready.items():
            with self.subTest(name):
                survey = self._start(name)
                self.assertEqual(survey.title, ready.title)
                self.assertTrue(survey.active)
                self.assertFalse(survey.is_ready)
                for field in ("title", "role", "question_type", "scale_min", "scale_max"):
                    self.assertEqual(
                        survey.question_ids.mapped(field), ready.question_ids.mapped(field)
                    )
                self.assertEqual(
                    survey.question_ids.suggested_answer_ids.mapped("value"),
                    ready.question_ids.suggested_answer_ids.mapped("value"),
                )

    def test_who_starts_it_is_responsible_for_his_company(self):
        survey = self._start("service")

        self.assertEqual(survey.user_id, self.manager)
        self.assertEqual(survey.company_id, self.env.company)
        self.assertFalse(self.ready["service"].company_id)

    def test_a_question_that_depends_on_an_answer_depends_on_the_copied_one(self):
        survey = self._start("lost")

        asked = survey.question_ids.filtered("triggering_answer_ids")

        self.assertEqual(len(asked), 1)
        self.assertEqual(asked.triggering_answer_ids.question_id.survey_id, survey)

    def test_other_languages_come_along(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        ready = self.ready["annual"]
        ready.with_context(lang="fr_FR").title = "Enquête annuelle"
        ready.question_ids[0].with_context(lang="fr_FR").title = "Nous recommanderiez-vous ?"

        survey = self._start("annual").with_context(lang="fr_FR")

        self.assertFalse(survey.lang_ids)
        self.assertEqual(survey.title, "Enquête annuelle")
        self.assertEqual(survey.question_ids[0].title, "Nous recommanderiez-vous ?")

    def test_changing_the_copy_leaves_the_model_alone(self):
        title = self.ready["service"].question_ids[0].title
        survey = self._start("service")

        survey.question_ids[0].title = "Changed"

        self.assertEqual(self.ready["service"].question_ids[0].title, title)

    def test_a_started_survey_is_answered_and_counted(self):
        response = self.respond(self._start("delivery"), answers={"csat": 5, "ces": 7})

        fact = self.fact(response)

        self.assertEqual((fact.csat_points, fact.ces_points), (100, 100))

    def test_a_ready_survey_asks_nobody(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.ready["annual"].action_unarchive()
            self.env.flush_all()

    def test_a_copy_of_a_survey_of_ones_own_is_called_a_copy(self):
        self.assertEqual(self._start("lost").copy().title, "Lost Deal (copy)")

    def test_t1_employees_start_no_surveys(self):
        for role in (self.employee, self.interviewer, self.leader):
            with self.subTest(role.login), self.assertRaises(AccessError):
                self._start("annual", role)

    def test_what_is_no_ready_survey_is_refused_in_words(self):
        for surveys in (self.survey(), self.env["survey.survey"], self.ready["lost"].browse()):
            with self.assertRaisesRegex(UserError, "Choose one"):
                surveys.with_user(self.manager).action_start_from_ready()

    def test_the_script_names_who_calls_whom(self):
        self.ready["annual"].call_script = "{interviewer} of {company} calls {customer} {x}"
        survey = self._start("annual").with_user(self.interviewer)

        self.assertEqual(
            survey._get_call_script(self.customer),
            f"Ines Interviewer of {self.env.company.name} calls Sara Surveyed {{x}}",
        )

    def test_a_new_survey_gets_no_code_of_an_archived_one(self):
        taken = int(self.ready["annual"].session_code)
        drawn = [taken, *[1000] * 20, *[20_000] * 21]

        with patch("odoo.addons.survey.models.survey_survey.random.randint", side_effect=drawn):
            (code,) = self.env["survey.survey"]._generate_session_codes(excluded_codes={"1000"})

        self.assertEqual(code, "20000")
