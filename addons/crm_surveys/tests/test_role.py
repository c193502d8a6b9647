from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from .common import SurveysCase


class TestRole(SurveysCase):
    """What questions measure, and that it stays what it was."""

    def test_a_survey_says_what_it_measures(self):
        survey = self.survey(("nps", "ces"))

        self.assertEqual((survey.has_nps, survey.has_csat, survey.has_ces), (True, False, True))

    def test_nps_needs_its_scale(self):
        survey = self.survey(())

        with self.assertRaisesRegex(ValidationError, "0 to 10"):
            self.question(survey, "nps", scale_max=9)

    def test_ces_needs_its_scale(self):
        survey = self.survey(())

        with self.assertRaisesRegex(ValidationError, "1 to 7"):
            self.question(survey, "ces", scale_min=0)

    def test_a_choice_measures_satisfaction_by_its_values(self):
        survey = self.survey(())
        choices = [
            Command.create({"value": name, "measure_value": value})
            for name, value in (("Bad", 1), ("Good", 2), ("Great", 3))
        ]

        question = self.question(
            survey, "csat", question_type="simple_choice", suggested_answer_ids=choices
        )
        response = self.respond(survey, answers={"csat": question.suggested_answer_ids[2]})

        self.assertEqual(self.fact(response).csat_value, 100)

    def test_choices_without_values_measure_nothing(self):
        survey = self.survey(())
        choices = [Command.create({"value": name}) for name in ("Bad", "Good")]

        with self.assertRaisesRegex(ValidationError, "different values"):
            self.question(
                survey, "csat", question_type="simple_choice", suggested_answer_ids=choices
            )

    def test_a_survey_has_one_nps_question(self):
        survey = self.survey(("nps",))

        with self.assertRaisesRegex(ValidationError, "one question only"):
            self.question(survey, "nps")

    def test_surveys_of_other_types_have_no_roles(self):
        survey = self.survey((), survey_type="custom")

        with self.assertRaises(ValidationError):
            self.question(survey, "nps")

    def test_a_survey_with_roles_stays_of_its_type(self):
        survey = self.survey(("nps",))

        with self.assertRaises(ValidationError):
            survey.survey_type = "custom"

    def test_the_meaning_of_given_answers_stays(self):
        survey = self.survey(("nps", "driver"))
        self.respond(survey, answers={"nps": 3, "driver": 5})
        driver = survey.question_ids.filtered(lambda question: question.role == "driver")

        for vals in ({"role": "csat"}, {"scale_max": 7}, {"role": False}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                driver.write(vals)
        with self.assertRaises(UserError):
            driver.unlink()

    def test_an_answered_scale_of_choices_gets_no_further_place(self):
        survey = self.survey(())
        choices = [
            Command.create({"value": word, "measure_value": value})
            for value, word in enumerate(("Bad", "Good"), 1)
        ]
        question = self.question(
            survey, "csat", question_type="simple_choice", suggested_answer_ids=choices
        )
        self.respond(survey, answers={"csat": question.suggested_answer_ids[1]})

        with self.assertRaises(UserError):
            question.suggested_answer_ids.create(
                {"question_id": question.id, "value": "Superb", "measure_value": 10}
            )

    def test_t14_nobody_writes_the_ends_of_a_scale(self):
        survey = self.survey(("csat",))
        question = survey.question_ids.with_user(self.manager)

        for name in ("measure_min", "measure_max"):
            with self.subTest(name=name), self.assertRaises(UserError):
                question.write({name: 50})
        born = self.question(self.survey(()), "csat", measure_max=50)
        self.assertEqual((born.measure_min, born.measure_max), (1, 5))

    def test_words_and_order_of_an_answered_question_may_change(self):
        survey = self.survey(("nps",))
        self.respond(survey, answers={"nps": 3})

        survey.question_ids.write({"title": "Would you?", "sequence": 9, "scale_max": 10})

        self.assertEqual(survey.question_ids.title, "Would you?")

    def test_an_answered_test_leaves_the_question_free(self):
        survey = self.survey(("driver",))
        self.respond(survey, answers={"driver": 5}, test_entry=True)

        survey.question_ids.scale_max = 7

        self.assertEqual(survey.question_ids.measure_max, 7)

    def test_a_copy_measures_the_same(self):
        survey = self.survey(("nps", "csat"))
        self.respond(survey, answers={"nps": 3})

        copied = survey.copy()

        self.assertEqual(copied.question_ids.mapped("role"), ["nps", "csat"])
        self.assertEqual(copied.company_id, survey.company_id)

    def test_a_survey_with_results_is_closed_and_not_deleted(self):
        survey = self.survey()
        self.respond(survey, answers={"nps": 3})

        with self.assertRaisesRegex(UserError, "Close it instead"):
            survey.unlink()

    def test_a_survey_of_ours_is_of_its_company_or_of_all(self):
        self.assertEqual(self.survey().company_id, self.env.company)
        self.assertFalse(self.survey(company_id=False).company_id)
        self.assertFalse(self.survey((), survey_type="custom").company_id)

    def test_managers_are_offered_our_type(self):
        survey = self.survey().with_user(self.manager)

        self.assertEqual(survey.allowed_survey_types, ["crm_satisfaction"])
        self.assertFalse(survey.with_user(self.employee).allowed_survey_types)
