from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from .common import SegmentCase

LOGGER = "odoo.addons.crm_segments.models.engine.crm_segment_method_engine"


class TestMethod(SegmentCase):
    """Methods: their classes, what is refused, and what the job does."""

    def test_each_kind_brings_its_classes(self):
        for kind, count in (("abc", 4), ("xyz", 5), ("bcg", 5), ("rfm", 7), ("domain", 1)):
            with self.subTest(kind=kind):
                self.assertEqual(len(self.method(kind).segment_ids), count)

    def test_only_bcg_has_a_class_for_who_stopped_to_buy(self):
        names = {
            kind: self.method(kind).segment_ids.filtered(lambda one: one.code == "O").name
            for kind in ("abc", "xyz", "bcg", "rfm")
        }

        back = "Taken back"
        self.assertEqual(names, {"abc": back, "xyz": back, "bcg": "No turnover", "rfm": back})

    def test_another_kind_has_other_classes(self):
        method = self.method()

        method.kind = "bcg"

        self.assertEqual(method.segment_ids.mapped("code"), ["star", "cow", "question", "dog", "O"])

    def test_thresholds_ascend(self):
        for kind, values in (
            ("abc", {"a_percent": 95, "b_percent": 80}),
            ("abc", {"b_percent": 101}),
            ("abc", {"a_percent": 0}),
            ("xyz", {"x_percent": 50, "y_percent": 25}),
            ("bcg", {"share_percent": 0}),
            ("bcg", {"growth_percent": -100}),
        ):
            with self.subTest(kind=kind, **values), self.assertRaises(ValidationError):
                self.method(kind, **values)

    def test_periods_are_enough_to_judge_by(self):
        for kind, values in (
            ("abc", {"period_count": 0}),
            ("abc", {"period_count": 121}),
            ("xyz", {"period_count": 2}),
            ("xyz", {"is_seasonal": True, "period_count": 23}),
        ):
            with self.subTest(kind=kind, **values), self.assertRaises(ValidationError):
                self.method(kind, **values)

    def test_t5_conditions_that_cannot_be_read_are_refused(self):
        for domain in ("[", "[('nothing', '=', 1)]", "__import__('os')", "[('id', '=', 'x')]", "7"):
            with (
                self.subTest(domain=domain),
                mute_logger("odoo.sql_db"),
                self.assertRaises(ValidationError),
            ):
                self.method(domain=domain)

    def test_t14_a_condition_cannot_ask_what_its_author_may_not_read(self):
        methods = self.env["crm.segment.method"].with_user(self.manager)

        with self.assertRaisesRegex(ValidationError, "may not read"):
            methods.create(
                {
                    "name": "Spy",
                    "kind": "domain",
                    "company_id": self.company.id,
                    "domain": "[('signup_type', '!=', False)]",
                }
            )

    def test_only_conditions_ask_for_classes_and_never_in_a_circle(self):
        base = self.method()
        ask = f"[('segment_ids', 'in', {base.segment_ids[:1].ids})]"
        condition = self.method("domain", domain=ask)

        with self.assertRaises(ValidationError):
            self.method("rfm", domain=ask)
        with self.assertRaises(ValidationError):
            self.method("domain", domain=f"[('segment_ids', 'in', {condition.segment_ids.ids})]")
        for other_way in ("segment_ids.name", "parent_id.segment_ids", "segment_membership_ids"):
            with self.subTest(other_way=other_way), self.assertRaises(ValidationError):
                self.method("domain", domain=f"[('{other_way}', '=', 'x')]")

    def test_a_condition_classes_who_meets_it(self):
        large, small = map(self.customer, ("Large", "Small"))
        self.won(large, 900)
        self.won(small, 10)
        base = self.method()
        base.action_start()
        best = base.segment_ids.filtered(lambda one: one.code == "A")
        condition = self.method("domain", domain=f"[('segment_ids', 'in', {best.ids})]")

        condition.action_start()

        self.assertEqual(self.codes(condition), {large: "in"})

    def test_a_scope_leaves_others_out_of_the_whole(self):
        large, small = map(self.customer, ("Large", "Small"))
        self.won(large, 900)
        self.won(small, 10)
        method = self.method(domain=f"[('id', '!=', {large.id})]")

        method.action_start()

        self.assertEqual(self.codes(method), {small: "A"})

    def test_no_deals_no_members(self):
        for kind in ("abc", "xyz", "bcg", "rfm"):
            method = self.method(kind)
            method.action_start()
            self.assertEqual((method.state, method.member_count), ("running", 0), kind)

    def test_more_taken_back_than_bought_is_a_class_of_its_own(self):
        large, back = map(self.customer, ("Large", "Back"))
        self.won(large, 900)
        self.won(back, -10)
        for kind in ("abc", "xyz", "bcg", "rfm"):
            method = self.method(kind)
            method.action_start()
            self.assertEqual(self.codes(method)[back], "O", kind)

    def test_the_preview_counts_and_writes_nothing(self):
        self.won(self.customer(), 900)
        method = self.method().with_user(self.manager)

        preview = method.preview

        self.assertIn("900", preview)
        self.assertFalse(self.codes(method))
        self.assertEqual(method.state, "draft")

    def test_the_preview_waits_while_the_method_is_edited(self):
        with Form(self.method().with_user(self.manager)) as form:
            form.a_percent = 70
            self.assertIn("Save", form.preview)

    def test_the_preview_of_what_is_in_use_reads_no_documents(self):
        self.won(self.customer(), 900)
        method = self.method().with_user(self.manager)
        method.action_start()

        with patch.object(type(method), "_count_classes") as count:
            self.assertIn("900", method.preview)
            self.assertFalse(count.called)
            count.return_value = {}
            method.a_percent = 70
            self.assertNotIn("900", method.preview)

    def test_methods_over_the_same_customers_keep_apart(self):
        partner = self.customer()
        self.won(partner, 900)
        first, second = self.method(), self.method(domain=f"[('id', '!=', {partner.id})]")

        (first | second).action_start()

        self.assertEqual(self.codes(first), {partner: "A"})
        self.assertFalse(self.codes(second))

    def test_a_broken_method_stops_no_other_and_says_why(self):
        self.won(self.customer(), 900)
        broken, sound = self.method(name="Bad"), self.method(name="Good")
        (broken | sound).action_start()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_segment_method SET domain = '[' WHERE id = %s", (broken.id,)
        )
        broken.invalidate_recordset()

        crons = type(self.env["ir.cron"])
        with mute_logger(LOGGER), patch.object(crons, "_commit_progress", return_value=60):
            self.env["crm.segment.method"]._cron_refresh()

        self.assertEqual((broken.state, sound.state), ("broken", "running"))
        self.assertIn("Bad", broken.problem)

    def test_the_job_reports_all_it_had_to_do(self):
        (self.method() | self.method()).action_start()
        crons = type(self.env["ir.cron"])

        with patch.object(crons, "_commit_progress", return_value=60) as progress:
            self.env["crm.segment.method"]._cron_refresh()

        remaining = progress.call_args_list[0].kwargs["remaining"]
        done = sum(call.args[0] for call in progress.call_args_list[1:])
        self.assertEqual(done, remaining)

    def test_drafts_wait_for_the_manager(self):
        draft = self.method()

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", return_value=60):
            self.env["crm.segment.method"]._cron_refresh()

        self.assertEqual(draft.state, "draft")

    def test_one_method_takes_one_statement_however_many_customers(self):
        for _one in range(5):
            self.won(self.customer(), 100)
        method = self.method()
        method._store()
        few = self.count_statements(method)
        for _one in range(20):
            self.won(self.customer(), 100)

        self.assertLessEqual(self.count_statements(method), few)

    def count_statements(self, method):
        before = self.env.cr.sql_log_count
        method._store()
        return self.env.cr.sql_log_count - before

    def test_a_method_with_history_stays_with_its_company(self):
        method = self.method()
        method.action_start()

        with self.assertRaises(UserError):
            method.company_id = self.env["res.company"].create({"name": "Elsewhere Ltd"})

    def test_a_method_with_history_stays_with_its_currency(self):
        foreign = self.env["res.currency"].create({"name": "ZZQ", "symbol": "z"})
        method = self.method()
        method.currency_id = foreign
        method.currency_id = self.currency
        method.action_start()

        with self.assertRaises(UserError):
            method.currency_id = foreign
