from datetime import date

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.crm_surveys.tests.common import SurveysCase

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
KEPT = [
    "survey.user_input",
    "survey.user_input.line",
    "crm.survey.fact.score",
    "crm.survey.invitation",
    "crm.survey.exclusion",
    "crm.survey.followup",
    "crm.survey.call",
]


class TestSecrecy(SurveysCase):
    """Threat T16: what customers say is measured by results, and none of few or of nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager.group_ids = [
            Command.link(cls.env.ref("crm_kpi.group_manager").id),
            Command.link(cls.env.ref("survey.group_survey_manager").id),
        ]
        cls.company = cls.env.company
        cls.company.survey_minimum_count = 5
        cls.nps = cls.env.ref("crm_kpi_surveys.crm_kpi_measure_nps")
        cls.number = cls.env.ref("crm_kpi_surveys.crm_kpi_measure_answers")

    def answer(self, user, *marks):
        """Let customers answer about an employee; return the facts."""
        survey = self.survey(roles=("nps",))
        facts = self.env["crm.survey.fact"]
        for mark in marks:
            response = self.respond(survey, answers={"nps": mark}, rated_user_id=user.id)
            facts |= self.fact(response)
        return facts

    def mark(self, facts, column):
        """Make facts anonymous or excluded, as letting out and fairness do."""
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "UPDATE crm_survey_fact SET %s = TRUE WHERE id = ANY(%s) RETURNING id",
                SQL.identifier(column),
                facts.ids,
            )
        )
        self.env.invalidate_all()

    def define(self, model="crm.survey.fact", **values):
        """Define a measure as somebody who manages surveys and figures does."""
        return (
            self.env["crm.kpi.measure"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Asked",
                    "code": "asked",
                    "model_id": self.env["ir.model"]._get_id(model),
                    "actor_path": "",
                    "date_field": "create_date",
                    **values,
                }
            )
        )

    def refuse(self, words, **values):
        with self.assertRaisesRegex(ValidationError, words), self.env.cr.savepoint():
            self.define(**values)

    def value(self, measure, user=None, whose=None):
        """Count, and return the value of an employee as somebody sees it."""
        self.env["crm.kpi.engine"]._rebuild(measure)
        facts = self.env["crm.kpi.fact"].with_user(user or self.env.user)
        found = facts._get_values(measure, FIRST, LAST, ("user_id",))[measure]
        return found.get(((whose or self.employee).id,))

    def test_t16_anonymous_and_excluded_answers_are_left_out_whatever_the_condition_says(self):
        facts = self.answer(self.employee, 0, 0, 9)
        self.mark(facts[0], "is_anonymous")
        self.mark(facts[1], "is_excluded")
        number = self.define(
            actor_path="user_id",
            domain="['|', ('is_anonymous', '=', True), '|', ('is_excluded', '=', True), "
            "('id', '!=', 0)]",
        )

        self.assertEqual(self.value(number), 1)

    def test_t16_an_answer_excluded_later_counts_no_more(self):
        facts = self.answer(self.employee, 10, 10, 10, 10, 10, 0)
        self.assertAlmostEqual(self.value(self.nps), 400 / 6, 2)

        self.mark(facts[-1], "is_excluded")

        self.assertEqual(self.value(self.nps), 100)

    def test_t16_there_is_no_value_below_the_minimum_of_the_company(self):
        self.answer(self.employee, 10, 10, 10, 0)
        self.assertIsNone(self.value(self.nps))

        self.answer(self.employee, 0)

        self.assertEqual(self.value(self.nps), 20)

    def test_t16_the_strictest_company_decides_whoever_asks(self):
        self.answer(self.employee, 10, 10, 10, 10, 10)
        self.env["res.company"].create({"name": "Strict", "survey_minimum_count": 6})

        self.assertIsNone(self.value(self.nps, self.manager))

    def test_t16_single_facts_of_a_figure_are_read_by_nobody(self):
        self.answer(self.employee, *[10] * 6)
        self.assertEqual(self.value(self.nps, self.manager), 100)

        facts = self.env["crm.kpi.fact"].with_user(self.manager)

        self.assertFalse(facts.search([("measure_id", "=", self.nps.id)]))

    def test_how_many_answered_is_told_from_the_first_on(self):
        self.answer(self.employee, 3, 4)

        self.assertEqual(self.value(self.number, self.manager), 2)

    def test_t16_single_answers_are_counted_by_nobody(self):
        for model in KEPT:
            with self.subTest(model):
                self.refuse("single customers said", model=model)
        for model in ("crm.survey.ballot", "crm.survey.boxed"):
            with self.subTest(model):
                self.refuse("no document that is kept", model=model)

    def test_t16_single_answers_are_reached_from_nowhere(self):
        for model, domain in (
            ("crm.survey.fact", "[('user_input_id.nickname', '=', 'Sara')]"),
            ("crm.survey.fact", "[('score_ids.value', '>', 3)]"),
            ("survey.survey", "[('user_input_ids.scoring_total', '>', 3)]"),
        ):
            with self.subTest(domain):
                self.refuse("single customers said", model=model, domain=domain)

    def test_t16_what_was_answered_is_no_condition_and_is_not_told_apart(self):
        for values in (
            {"domain": "[('nps_value', '<=', 6)]"},
            {"domain": "[('nps_points', '=', -100)]", "aggregate": "avg"},
            {"aggregate": "count_distinct", "value_field": "nps_value"},
        ):
            with self.subTest(values):
                self.refuse("what a customer answered", **{"value_field": "nps_points", **values})

    def test_the_share_of_warning_customers_can_be_measured(self):
        share = self.define(
            aggregate="share",
            domain="[('has_nps', '=', True)]",
            part_domain="[('nps_points', '=', -100)]",
            actor_path="user_id",
        )
        self.answer(self.employee, 1, 2, 9, 9, 9)
        self.answer(self.colleague, 1, 1, 1, 1)

        self.assertEqual(self.value(share), 40)
        self.assertIsNone(self.value(share, whose=self.colleague))
