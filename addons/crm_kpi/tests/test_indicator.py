from odoo.exceptions import ValidationError

from .common import FIRST, LAST, KpiCase


class TestIndicator(KpiCase):
    """Indicators are measures or formulas over them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.kpi.indicator"].search([]).action_archive()
        cls.count = cls.measure("leads")
        cls.worth = cls.measure("worth", aggregate="sum", value_field="expected_revenue")

    def test_a_formula_is_counted_from_the_whole_period(self):
        mean = self.indicator("mean_worth", formula="worth / leads")
        share = self.indicator("share_of_plan", formula="percent(mean_worth, 400)")
        for amount in (100, 300):
            self.lead(self.employee, amount=amount)
        self.refresh()

        values = share._get_values(FIRST, LAST, ("user_id",))[share]

        self.assertEqual(values, {(self.employee.id,): 50})
        self.assertEqual(mean._get_values(FIRST, LAST)[mean], {(): 200})

    def test_division_by_nothing_is_no_value(self):
        mean = self.indicator("mean_worth", formula="worth / leads")
        self.refresh()

        self.assertEqual(mean._get_values(FIRST, LAST)[mean], {(): None})

    def test_a_broken_measure_makes_no_value_and_is_named(self):
        mean = self.indicator("mean_worth", formula="worth / leads")
        shown = self.indicator("shown", measure_id=self.count.id)
        self.lead(self.employee)
        self.refresh()
        self.stamp(self.worth, self.clock, value_field="gone")
        self.refresh()

        self.assertIn("gone", mean.problem)
        self.assertEqual(mean._get_values(FIRST, LAST)[mean], {(): None})
        self.assertEqual(shown._get_values(FIRST, LAST)[shown], {(): 1})

    def test_a_measure_not_counted_yet_makes_no_value(self):
        shown = self.indicator("shown", measure_id=self.count.id)

        self.assertEqual(shown._get_values(FIRST, LAST)[shown], {(): None})

    def test_a_wrong_formula_is_refused_with_its_place(self):
        cases = {
            "write a formula": "",
            "ends too early": "leads +",
            "place 7": "leads leads",
            "means nothing": "leads + $",
            "is not closed": "(leads",
            "no function exec": "exec(leads)",
            "at least 2": "percent(leads)",
            "no measure or indicator nowhere": "leads + nowhere",
            "counted from each other: wrong → wrong": "wrong + 1",
        }
        for words, formula in cases.items():
            with (
                self.subTest(words=words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.indicator("wrong", formula=formula)

    def test_a_cycle_over_many_is_named(self):
        first = self.indicator("first_one", formula="leads")
        self.indicator("second_one", formula="first_one * 2")

        with self.assertRaisesRegex(ValidationError, "first_one → second_one → first_one"):
            first.formula = "second_one / 2"
