from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .test_action import ActionCase

DONE = fields.Datetime.to_datetime("2026-03-10 08:00:00")
CHECK = fields.Datetime.to_datetime("2026-06-08 08:00:00")
COMMIT = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


class TestEffect(ActionCase):
    """Whether an action helped is found in the data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-03-02 08:00:00"):
            cls.deed = cls.action(result="New template in use")
        with freeze_time(DONE):
            cls.deed.action_finish()

    @classmethod
    def came(cls, days, count=1, **values):
        """Bring in complaints of the cause so many days after the action (before: below zero)."""
        values = {"cause_share_ids": cls.shares(100), **values}
        with freeze_time(CHECK + timedelta(days=400)):
            for _number in range(count):
                cls.complaint(date_received=DONE + timedelta(days=days), **values)

    def check(self, at=CHECK):
        """Run the job at a moment. Return what it committed."""
        with freeze_time(at), patch(COMMIT, autospec=True, return_value=1) as commit:
            self.env["crm.complaint.action"]._cron_check_effects()
        return commit.call_args_list

    def test_complaints_that_fell_prove_the_action(self):
        self.came(-10, 8)
        self.came(5, 1)

        self.check()

        self.assertEqual(self.deed.state, "effective")
        self.assertRecordValues(
            self.deed.check_ids,
            [
                {
                    "verdict": "fell",
                    "count_before": 8,
                    "count_after": 1,
                    "cause_id": self.cause.id,
                    "date": CHECK,
                    "date_action": DONE,
                    "date_to": CHECK,
                }
            ],
        )
        self.assertIn("8 before, 1 after", self.deed.check_ids.reason)

    def test_complaints_that_did_not_fall_reopen_it_with_the_reason(self):
        self.came(-10, 6)
        self.came(5, 6)

        self.check()

        self.assertRecordValues(
            self.deed, [{"state": "doing", "reopen_count": 1, "date_done": False}]
        )
        self.assertEqual(self.deed.reopen_reason, self.deed.check_ids.reason)
        self.assertEqual(self.deed.activity_ids.user_id, self.clerk)
        self.assertEqual(len(self.deed._deadline_open()), 1)

    def test_too_few_to_tell_are_looked_at_again_over_a_longer_time(self):
        self.came(-10, 3)
        self.came(-120, 4)

        self.check()

        later = CHECK + timedelta(days=90)
        self.assertRecordValues(self.deed, [{"state": "done", "date_check": later}])
        self.check(later)
        self.assertEqual(self.deed.state, "effective")
        self.assertEqual(self.deed.check_ids.mapped("verdict"), ["fell", "few"])
        self.assertEqual(self.deed.check_ids[0].count_before, 7)

    def test_only_its_cause_product_and_employee_are_compared(self):
        product, other = self.env["product.product"].create([{"name": "Lamp"}, {"name": "Chair"}])
        with freeze_time("2026-03-02 08:00:00"):
            narrow = self.action(product_id=product.id, result="Done")
        with freeze_time(DONE):
            narrow.action_finish()
        self.came(-10, 6, product_id=product.id)
        self.came(5, 6, product_id=other.id)
        self.came(5, 6, product_id=product.id, cause_share_ids=[])
        self.env["crm.complaint"].search([("date_received", ">", DONE)]).filtered(
            lambda c: not c.cause_share_ids
        ).write({"outcome": "rejected", "stage_id": self.stage_closed.id})

        self.check()

        self.assertEqual(narrow.state, "effective")
        self.assertEqual(self.deed.state, "doing")  # over all products nothing has changed

    def test_a_cause_below_it_counts_too(self):
        self.deed.cause_id = self.root
        self.came(-10, 8)

        self.check()

        self.assertEqual(self.deed.check_ids.count_before, 8)

    def test_what_nobody_has_looked_into_is_no_success(self):
        self.came(-10, 8)
        self.came(5, 8, cause_share_ids=[])

        self.check()

        self.assertRecordValues(
            self.deed.check_ids, [{"verdict": "not", "open_count": 8, "count_after": 8}]
        )

    def test_in_a_growing_business_the_part_of_all_counts(self):
        self.deed.effect_base = "complaints"
        none = {"cause_share_ids": [], "outcome": "rejected"}
        self.came(-10, 10)
        self.came(5, 10)
        self.came(5, 90, **none, stage_id=self.stage_closed.id)

        self.check()

        self.assertEqual(self.deed.state, "effective")

    def test_t21_confidential_complaints_do_not_show_in_its_figures(self):
        self.came(-10, 8)
        self.came(-10, 3, is_confidential=True, user_id=self.manager.id)

        self.check()

        self.assertEqual(self.deed.check_ids.count_before, 8)

    def test_before_its_time_nothing_is_checked(self):
        self.came(-10, 8)

        self.check(CHECK - timedelta(seconds=1))

        self.assertEqual(self.deed.state, "done")
        self.assertFalse(self.deed.check_ids)

    def test_a_broken_action_stops_no_other(self):
        self.came(-10, 8)
        with freeze_time("2026-03-02 08:00:00"):
            other = self.action(result="Done", cause_id=self.other_cause.id)
        with freeze_time(DONE):
            other.action_finish()
        actions = type(self.env["crm.complaint.action"])
        honest = actions._check_effect

        def broken(action):
            if action == self.deed:
                raise ValueError("broken")
            return honest(action)

        with (
            patch.object(actions, "_check_effect", broken),
            mute_logger("odoo.addons.crm_complaints.models.cause.crm_complaint_action_effect"),
        ):
            calls = self.check()

        self.assertEqual(other.check_ids.verdict, "few")
        self.assertEqual(self.deed.state, "done")
        done = sum(call.args[1] for call in calls if len(call.args) > 1)
        self.assertEqual(calls[0].kwargs["remaining"], done)

    def test_t19_nobody_writes_or_deletes_a_check(self):
        self.came(-10, 8)
        self.check()
        check = self.deed.check_ids

        for user in (self.clerk, self.manager):
            record = check.with_user(user)
            for deed in (
                lambda record=record: record.write({"verdict": "few"}),
                lambda record=record: record.unlink(),
                lambda record=record: record.create({"action_id": self.deed.id}),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    deed()
        with self.assertRaises(AccessError):
            check.sudo().write({"verdict": "few"})

    def test_t21_checks_are_seen_with_their_action(self):
        secret = self.complaint(is_confidential=True, user_id=self.manager.id)
        self.came(-10, 8)
        self.check()
        self.deed.sudo().complaint_ids = secret
        self.deed.sudo().user_id = self.manager
        check = self.deed.sudo().check_ids
        of_it = [("id", "in", check.ids)]

        for user, count in [(self.manager, 1), (self.clerk, 0)]:
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                self.assertEqual(check.with_user(user).search_count(of_it), count)
                self.assertEqual(check.with_user(user).has_access("read"), bool(count))
