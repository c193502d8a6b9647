from odoo.tests import tagged

from .result_common import ResultCase

FEW, ENOUGH = 9, 10


@tagged("post_install", "-at_install")
class TestResultMinimum(ResultCase):
    """Means of answers are shown from the minimum on, by whatever door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.survey_minimum_count = ENOUGH
        cls.measured = cls.survey(("nps", "driver"))
        answers = {"nps": 10, "driver": 5}
        cls.answer(cls.measured, [answers] * FEW, rated_user_id=cls.employee.id)
        cls.answer(cls.measured, [answers] * ENOUGH, rated_user_id=cls.colleague.id)

    def read(self, *aggregates, model="crm.survey.fact", group="user_id", **more):
        """Return the figures by the ids of the groups, as the web client asks for them."""
        field = "survey_id" if model == "crm.survey.fact" else "fact_id.survey_id"
        groups = (
            self.env[model]
            .with_user(self.manager)
            .formatted_read_group([(field, "=", self.measured.id)], [group], aggregates, **more)
        )
        return {
            row[group] and row[group][0]: tuple(row[name] for name in aggregates) for row in groups
        }

    def test_a_mean_of_too_few_answers_is_not_shown(self):
        found = self.read("nps_points:avg", "__count")

        self.assertEqual(found[self.employee.id], (False, FEW))
        self.assertEqual(found[self.colleague.id], (100, ENOUGH))

    def test_the_parts_of_a_figure_of_too_few_answers_are_not_told(self):
        few, enough = (
            self.results(user=user.id, start="2026-03-01", end="2026-03-31")["total"]
            for user in (self.employee, self.colleague)
        )

        self.assertEqual((few["count"], few["value"]), (FEW, None))
        self.assertEqual((few["good"], few["middle"], few["bad"]), (None, None, None))
        self.assertEqual((enough["good"], enough["middle"], enough["bad"]), (ENOUGH, 0, 0))

    def test_sums_and_extremes_of_too_few_answers_tell_nothing_either(self):
        names = ("nps_value:sum", "nps_value:max", "nps_value:min", "nps_points:array_agg")
        found = self.read(*names)

        self.assertFalse(any(found[self.employee.id]))
        self.assertTrue(all(found[self.colleague.id]))

    def test_groups_are_not_chosen_by_a_figure_of_too_few_answers(self):
        found = self.read("__count", having=[("nps_points:avg", ">", 50)])

        self.assertEqual(set(found), {self.colleague.id})

    def test_a_score_of_a_driver_needs_as_many_answers(self):
        found = self.read("value:avg", model="crm.survey.fact.score", group="fact_id.user_id")

        self.assertEqual(found[self.employee.id], (False,))
        self.assertEqual(found[self.colleague.id], (100,))

    def test_an_excluded_answer_is_in_no_mean(self):
        (response,) = self.answer(
            self.measured, [{"nps": 0, "driver": 1}], rated_user_id=self.colleague.id
        )
        self.fact(response)._sealed_write({"is_excluded": True})
        found = self.read("nps_points:avg", "__count")
        scores = self.read("value:avg", model="crm.survey.fact.score", group="fact_id.user_id")

        self.assertEqual(found[self.colleague.id], (100, ENOUGH + 1))
        self.assertEqual(scores[self.colleague.id], (100,))

    def test_an_excluded_answer_does_not_make_few_enough(self):
        (response,) = self.answer(self.measured, [{"nps": 0}], rated_user_id=self.employee.id)
        self.fact(response)._sealed_write({"is_excluded": True})

        self.assertEqual(self.read("nps_points:avg")[self.employee.id], (False,))

    def test_groups_are_not_ordered_by_a_figure_of_too_few_answers(self):
        self.answer(self.measured, [{"nps": 0}] * FEW, rated_user_id=self.leader.id)
        order = "nps_points:avg desc, user_id:max"
        groups = (
            self.env["crm.survey.fact"]
            .with_user(self.manager)
            ._read_group(
                [("survey_id", "=", self.measured.id)], ["user_id"], ["user_id:max"], order=order
            )
        )
        hidden = [user.id for user, _most in groups if user != self.colleague]

        self.assertEqual(hidden, sorted([self.employee.id, self.leader.id]))
