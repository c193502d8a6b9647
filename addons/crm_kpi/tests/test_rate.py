from datetime import date

from odoo.tools import SQL

from ..models.engine.worth import rate
from .common import KpiCase


class TestRate(KpiCase):
    """Amounts are converted at the rate of their day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar, cls.bare = cls.env["res.currency"].create(
            [{"name": "KPD", "symbol": "K"}, {"name": "KPB", "symbol": "B"}]
        )
        rates = {date(2026, 1, 10): 2.0, date(2026, 2, 10): 4.0}
        cls.env["res.currency.rate"].create(
            [
                {
                    "currency_id": cls.dollar.id,
                    "company_id": cls.company.id,
                    "name": day,
                    "rate": rate,
                }
                for day, rate in rates.items()
            ]
        )

    def rate(self, currency, day):
        """Return by what the engine multiplies an amount of a currency on a day."""
        ((found,),) = self.env.execute_query(
            SQL(
                "SELECT %s FROM (VALUES (%s::int, %s)) AS firm(currency_id, root_id),"
                " (VALUES (%s::date)) AS placed(date)",
                rate(SQL("%s::int", currency.id or None)),
                self.company.currency_id.id,
                self.company.root_id.id,
                day,
            )
        )
        return found

    def test_a_rate_is_that_of_core(self):
        for day in (date(2026, 1, 1), date(2026, 1, 10), date(2026, 2, 9), date(2026, 3, 1)):
            with self.subTest(day=day):
                expected = self.env["res.currency"]._get_conversion_rate(
                    self.dollar, self.company.currency_id, self.company, day
                )
                self.assertAlmostEqual(float(self.rate(self.dollar, day)), expected)

    def test_money_of_the_company_stays_as_it_is(self):
        self.assertEqual(self.rate(self.company.currency_id, date(2026, 1, 1)), 1)
        self.assertEqual(self.rate(self.env["res.currency"], date(2026, 1, 2)), 1)

    def test_a_currency_without_a_rate_has_no_value(self):
        self.assertIsNone(self.rate(self.bare, date(2026, 1, 1)))
