from datetime import datetime

from odoo.exceptions import UserError

from .common import SegmentCase


class TestEngine(SegmentCase):
    """What methods make of customers."""

    def test_largest_customers_who_bring_four_fifths_are_a(self):
        first, second, third = map(self.customer, ("First", "Second", "Third"))
        for partner, amount in ((first, 800), (second, 150), (third, 50)):
            self.won(partner, amount)
        method = self.method()

        method.action_start()

        self.assertEqual(self.codes(method), {first: "A", second: "B", third: "C"})

    def test_deals_outside_of_the_periods_do_not_count(self):
        partner = self.customer()
        self.won(partner, 100, "2026-04-01")
        self.won(partner, 100, "2025-03-31")
        method = self.method()

        method.action_start()

        self.assertFalse(self.codes(method))

    def test_even_buyers_are_x_and_new_ones_are_told_apart(self):
        even, uneven, new = map(self.customer, ("Even", "Uneven", "New"))
        for month in range(1, 4):
            self.won(even, 100, f"2026-0{month}-05")
        self.won(uneven, 900, "2026-01-05")
        self.won(new, 100, "2026-03-05")
        method = self.method("xyz", period_count=3)

        method.action_start()

        self.assertEqual(self.codes(method), {even: "X", uneven: "Z", new: "N"})

    def test_growing_large_customers_are_stars(self):
        star, cow, dog = map(self.customer, ("Star", "Cow", "Dog"))
        self.won(star, 500)
        self.won(cow, 500)
        self.won(cow, 900, "2025-03-10")
        self.won(dog, 10)
        self.won(dog, 90, "2025-03-10")
        method = self.method("bcg")

        method.action_start()

        self.assertEqual(self.codes(method), {star: "star", cow: "cow", dog: "dog"})

    def test_one_customer_is_in_the_middle_of_all_fifths(self):
        partner = self.customer()
        self.won(partner, 500)
        method = self.method("rfm")

        method.action_start()

        member = self.env["crm.segment.membership"].search([("method_id", "=", method.id)])
        self.assertEqual((member.segment_id.code, member.score), ("loyal", 333))

    def test_what_is_taken_back_is_no_purchase(self):
        keeper, returner = map(self.customer, ("Keeper", "Returner"))
        self.won(keeper, 100, "2026-03-05")
        self.won(returner, 110, "2026-03-05")
        self.won(returner, -10, "2026-03-20")
        method = self.method("rfm")

        method.action_start()

        members = self.env["crm.segment.membership"].search([("method_id", "=", method.id)])
        self.assertEqual(members.mapped("score"), [333, 333])

    def test_second_run_writes_nothing(self):
        for amount in (800, 150, 50):
            self.won(self.customer(), amount)
        for kind in ("abc", "xyz", "bcg", "rfm", "domain"):
            method = self.method(kind)
            method.action_start()

            self.assertEqual(method._store(), (0, []), kind)

    def test_fall_is_kept_with_its_reason(self):
        first, second = map(self.customer, ("First", "Second"))
        self.won(first, 900)
        self.won(second, 100)
        method = self.method()
        method.action_start()
        self.won(second, 9000, "2026-04-10")
        self.at(datetime(2026, 5, 2, 12))

        method.action_compute()

        change = self.env["crm.segment.change"].search([("partner_id", "=", first.id)])
        self.assertEqual(change.direction, "fell")
        self.assertEqual(
            change.reason,
            "fell from A to B: sum of 12 months 900 → 900, threshold 9,100",
        )

    def test_people_are_found_by_the_class_of_their_company(self):
        partner = self.customer()
        person = self.customer("Person", parent_id=partner.id, is_company=False)
        self.won(person, 100)
        method = self.method()
        method.action_start()
        segment = method.segment_ids.filtered(lambda one: one.code == "A")

        found = self.env["res.partner"].search([("segment_ids", "in", segment.ids)])

        self.assertEqual(found, partner | person)
        self.assertEqual(person.segment_ids, segment)

    def test_currency_without_rate_is_named(self):
        currency = self.env["res.currency"].create({"name": "ZZQ", "symbol": "z"})
        self.won(self.customer(), 100)
        method = self.method(currency_id=currency.id)

        with self.assertRaisesRegex(UserError, "ZZQ"):
            method.action_start()
