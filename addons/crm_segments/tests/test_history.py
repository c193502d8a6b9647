from datetime import datetime

from odoo.exceptions import UserError

from .common import SegmentCase


class TestHistory(SegmentCase):
    """What is kept of changes of class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.first, cls.second = map(cls.customer, ("First", "Second"))
        cls.won(cls.first, 900)
        cls.won(cls.second, 100)
        cls.abc = cls.method()
        cls.abc.action_start()

    def changes(self, partner):
        return self.env["crm.segment.change"].search([("partner_id", "in", partner.ids)])

    def test_the_first_run_is_no_change(self):
        self.assertFalse(self.changes(self.first | self.second))

    def test_a_rise_names_both_sums_and_the_threshold(self):
        self.won(self.second, 9000)

        self.abc.action_compute()

        change = self.changes(self.second)
        self.assertEqual(
            change.reason, "rose from B to A: sum of 12 months 100 → 9,100, threshold 9,100"
        )

    def test_a_new_customer_enters(self):
        third = self.customer("Third")
        self.won(third, 5)

        self.abc.action_compute()

        self.assertEqual(self.changes(third).reason, "entered C: sum of 12 months 5")

    def test_a_customer_whose_purchases_are_too_old_leaves(self):
        self.at(datetime(2027, 4, 10))

        self.abc.action_compute()

        self.assertEqual(self.changes(self.first).reason, "left A: sum of 12 months 900")
        self.assertFalse(self.codes(self.abc))

    def test_a_change_of_the_method_is_told_apart(self):
        self.abc.write({"a_percent": 95, "b_percent": 99})

        self.abc.action_compute()

        change = self.changes(self.second)
        self.assertEqual(change.cause, "definition")
        self.assertIn("the method was changed", change.reason)
        self.assertFalse(self.abc.is_redefined)

    def test_what_was_said_stays_when_the_method_is_changed(self):
        self.won(self.second, 9000)
        self.abc.action_compute()

        self.abc.period_count = 3
        self.env.invalidate_all()

        self.assertIn("sum of 12 months 100 → 9,100", self.changes(self.second).reason)

    def test_the_day_in_the_class_stays_while_figures_move(self):
        member = self.env["crm.segment.membership"].search([("partner_id", "=", self.first.id)])
        since = member.date_since
        self.won(self.first, 50)
        self.at(datetime(2026, 4, 20))

        self.abc.action_compute()

        self.assertEqual((member.amount, member.date_since), (950, since))

    def test_variation_explains_xyz(self):
        method = self.method("xyz", period_count=3, least_periods=2)
        for month in (1, 2):
            self.won(self.first, 900, f"2026-0{month}-05")
        method.action_start()
        self.won(self.first, 9000)

        method.action_compute()

        change = self.changes(self.first).filtered(lambda one: one.method_id == method)
        self.assertEqual(change.reason, "moved from X to Z: variation (%) 0 → 108.8")

    def test_share_and_growth_explain_bcg(self):
        self.won(self.first, 450, "2025-03-10")
        method = self.method("bcg", share_percent=50)
        method.action_start()
        self.won(self.second, 1700)

        method.action_compute()

        told = {
            change.partner_id: change.reason
            for change in self.changes(self.first | self.second)
            if change.method_id == method
        }
        self.assertEqual(
            told,
            {
                self.first: "moved from Star to Question mark: share (%) 90 → 33.3; growth (%) 100"
                " → 100",
                self.second: "moved from Question mark to Star: share (%) 10 → 66.7; growth (%) new"
                " → new",
            },
        )

    def test_a_method_with_history_stays(self):
        with self.assertRaises(UserError):
            self.abc.unlink()
        with self.assertRaises(UserError):
            self.abc.kind = "xyz"

    def test_a_draft_goes_with_its_classes(self):
        draft = self.method("rfm")
        segments = draft.segment_ids

        draft.unlink()

        self.assertFalse(segments.exists())
