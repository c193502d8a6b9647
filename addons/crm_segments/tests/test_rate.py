from odoo.exceptions import UserError

from .common import SegmentCase


class TestRate(SegmentCase):
    """Figures in another currency than the company's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.foreign = cls.env["res.currency"].create({"name": "ZZQ", "symbol": "z"})

    def rate(self, day, rate):
        self.env["res.currency.rate"].create(
            {
                "currency_id": self.foreign.id,
                "company_id": self.company.id,
                "name": day,
                "rate": rate,
            }
        )

    def amount(self, **values):
        method = self.method(currency_id=self.foreign.id, **values)
        method.action_start()
        return self.env["crm.segment.membership"].search([("method_id", "=", method.id)]).amount

    def test_amounts_take_the_rate_of_the_last_day_of_their_period(self):
        self.rate("2026-01-01", 2)
        self.rate("2026-03-20", 3)
        partner = self.customer()
        self.won(partner, 100, "2026-02-05")
        self.won(partner, 100, "2026-03-05")

        self.assertEqual(self.amount(), 500)

    def test_before_there_was_a_rate_the_first_one_counts(self):
        self.rate("2026-04-01", 4)
        self.won(self.customer(), 100)

        self.assertEqual(self.amount(), 400)

    def test_a_currency_without_a_rate_is_named_by_the_job(self):
        self.won(self.customer(), 100)
        method = self.method(currency_id=self.foreign.id)

        with self.assertRaisesRegex(UserError, "ZZQ has no rate"):
            method._refresh()

    def test_the_preview_names_it_too(self):
        method = self.method(currency_id=self.foreign.id).with_user(self.manager)

        self.assertIn("ZZQ has no rate", method.preview)
