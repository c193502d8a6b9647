from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .common import ComplaintsCase


class TestMerge(ComplaintsCase):
    """One case written down twice is handled once; nothing of it is lost, and it can be undone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.early = cls.complaint(date_received=datetime(2026, 3, 2, 8))
        cls.late = cls.complaint(name="Again", date_received=datetime(2026, 3, 3, 8))
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Answer", "term_amount": 2, "term_unit": "calendar_hours"}
        )

    def _merge(self, complaints=None, user=None, reason="Same case"):
        complaints = complaints or self.early | self.late
        survivor = complaints.with_user(user or self.clerk)._merge(reason)
        self.env.invalidate_all()
        return survivor

    def _fill(self, complaint):
        """Give a complaint what must survive."""
        message = complaint.message_post(body="Still broken", message_type="comment")
        file = self.env["ir.attachment"].create(
            {"name": "a.txt", "raw": b"1", "res_model": complaint._name, "res_id": complaint.id}
        )
        activity = complaint.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.clerk.id
        )
        return message, file, activity

    def test_the_one_received_first_goes_on(self):
        survivor = self._merge(self.late | self.early)

        self.assertEqual(survivor, self.early)
        self.assertEqual(self.late.merged_into_id, self.early)
        self.assertEqual(self.late.state, "cancelled")
        self.assertFalse(self.late.outcome)

    def test_messages_files_and_activities_go_over(self):
        parts = self._fill(self.late)

        self._merge()

        for part in parts:
            with self.subTest(part=part._name):
                self.assertEqual(part.res_id, self.early.id)

    def test_clocks_are_cancelled_and_neither_kept_nor_missed(self):
        started = self.late.date_registered
        clock = self.late._deadline_start(self.policy, "complaint_test", started)
        running = self.early._deadline_start(self.policy, "complaint_test", started)

        self._merge()

        self.assertEqual(clock.state, "cancelled")
        self.assertFalse(clock.date_missed)
        self.assertEqual(running.state, "running")
        self.assertIn(clock, self.late.deadline_clock_ids)
        self.assertNotIn("met", self.late.deadline_clock_ids.mapped("state"))

    def test_an_answer_that_is_owed_is_owed_by_the_survivor(self):
        asked = self.late.date_registered
        self.late._deadline_open(["next_answer"])._cancel("made anew")
        self.late._deadline_start(self.policy, "next_answer", asked)

        self._merge()

        owed = self.early._deadline_open(["next_answer"])
        self.assertRecordValues(owed, [{"policy_id": self.policy.id, "date_start": asked}])

    def test_an_order_goes_over_with_the_case(self):
        order = (
            self.env["crm.complaint.task"]
            .with_user(self.clerk)
            .create({"complaint_id": self.late.id, "name": "Call back", "user_id": self.leader.id})
        )

        self._merge()

        self.assertEqual(order.sudo().complaint_id, self.early)
        self.assertTrue(order.sudo().is_open)

    def test_the_steps_of_the_merged_one_end(self):
        self._merge()

        self.assertFalse(self.late._get_steps_under_way())
        self.assertTrue(self.early._get_steps_under_way() or not self.early.process_id)

    def test_the_log_stays_with_the_merged_one(self):
        moves = self.late.move_ids

        self._merge()

        self.assertEqual(self.late.move_ids[-len(moves) :], moves)
        self.assertEqual(self.late.move_ids[0].state_to, "cancelled")
        self.assertRecordValues(
            self.late.merge_ids,
            [
                {
                    "survivor_id": self.early.id,
                    "user_id": self.clerk.id,
                    "reason": "Same case",
                    "stage_id": self.stage_received.id,
                }
            ],
        )

    def test_the_worst_of_each_counts(self):
        self.early.write({"severity": "low", "impact": "high"})
        self.late.write({"severity": "critical", "impact": "low"})

        self._merge()

        self.assertEqual((self.early.severity, self.early.impact), ("critical", "high"))
        self.assertEqual(self.early.priority, "3")

    def test_t21_a_secret_is_not_told_by_a_merge(self):
        self.late.write(
            {
                "is_confidential": True,
                "user_id": self.manager.id,
                "about_user_ids": [Command.link(self.all_clerk.id)],
            }
        )

        self._merge(user=self.manager)

        self.assertTrue(self.early.is_confidential)
        self.assertEqual(self.early.about_user_ids, self.all_clerk)
        self.assertFalse(self.early.with_user(self.leader).has_access("read"))
        self.assertFalse(self.early.with_user(self.all_clerk).has_access("read"))

    def test_t21_who_loses_the_survivor_loses_the_merged_one(self):
        self._merge()
        self.assertTrue(self.late.with_user(self.leader).has_access("read"))

        self.early.write({"is_confidential": True, "user_id": self.manager.id})
        self.env.invalidate_all()

        self.assertFalse(self.late.with_user(self.leader).has_access("read"))
        self.assertEqual(self.late.user_id, self.manager)

    def test_what_the_customer_writes_afterwards_goes_to_the_survivor(self):
        self._merge()

        message = self.late.message_post(body="Any news?", message_type="email")

        self.assertEqual(message.res_id, self.early.id)

    def test_a_merge_can_be_undone(self):
        message, file, activity = self._fill(self.late)
        kept = self.early.message_post(body="Mine", message_type="comment")
        self._merge()

        self.late.with_user(self.clerk).action_undo_merge()
        self.env.invalidate_all()

        self.assertFalse(self.late.merged_into_id)
        self.assertEqual(self.late.stage_id, self.stage_received)
        for part in (message, file, activity):
            self.assertEqual(part.res_id, self.late.id)
        self.assertEqual(kept.res_id, self.early.id)
        self.assertEqual(self.late.merge_ids.undone_user_id, self.clerk)

    @freeze_time("2026-03-03 12:00:00")
    def test_an_undone_merge_is_no_reopening_and_its_deadlines_go_on(self):
        before = {clock.kind: clock.date_due for clock in self.late._deadline_open()}
        self.assertTrue(before)
        self._merge()

        self.late.with_user(self.clerk).action_undo_merge()

        self.assertRecordValues(
            self.late,
            [
                {
                    "reopen_count": 0,
                    "date_closed": False,
                    "date_first_closed": False,
                    "first_outcome": False,
                }
            ],
        )
        after = {clock.kind: clock.date_due for clock in self.late._deadline_open()}
        self.assertEqual(after, before)

    def test_a_merge_undone_keeps_that_the_case_was_closed_before(self):
        with freeze_time("2026-03-03 12:00:00"):
            self.late.stage_id = self.stage_withdrawn
            self.late.stage_id = self.stage_acknowledged
        closed = self.late.date_first_closed
        self._merge()

        self.late.with_user(self.clerk).action_undo_merge()

        self.assertRecordValues(self.late, [{"reopen_count": 1, "date_first_closed": closed}])

    def test_a_merged_one_does_not_go_on_by_itself(self):
        self._merge()

        with self.assertRaisesRegex(ValidationError, "undo the merge"):
            self.late.stage_id = self.stage_acknowledged

    def test_what_cannot_be_merged(self):
        stranger = self.env["res.partner"].create({"name": "Somebody Else"})
        ended = self.complaint()
        ended.stage_id = self.stage_closed
        cases = {
            "has ended": self.early | ended,
            "at least two": self.early,
            "different customers": self.early | self.complaint(partner_id=stranger.id),
        }
        for message, complaints in cases.items():
            with self.subTest(message=message), self.assertRaisesRegex(UserError, message):
                complaints._merge("x")

    def test_one_without_a_customer_is_merged_into_the_customers(self):
        unknown = self.complaint(partner_id=False, date_received=datetime(2026, 3, 1, 8))

        survivor = self._merge(unknown | self.late)

        self.assertEqual(survivor, unknown)
        self.assertEqual(unknown.partner_id, self.customer)

    def test_t14_merging_and_undoing_need_the_right_to_both(self):
        foreign = self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)

        with self.assertRaises(AccessError):
            (self.early | foreign).with_user(self.clerk)._merge("x")
        self._merge()
        with self.assertRaises(AccessError):
            self.late.with_user(self.colleague).action_undo_merge()

    def test_t19_deeds_and_pointers_cannot_be_written(self):
        self._merge()
        deed = self.late.merge_ids.sudo()

        with self.assertRaises(AccessError):
            deed.reason = "Something else"
        with self.assertRaises(AccessError):
            deed.unlink()
        with self.assertRaises(UserError):
            self.late.sudo().merged_into_id = False
        with self.assertRaises(UserError):
            self.complaint(merged_into_id=self.early.id)

    def test_t6_a_reason_with_scripts_is_escaped(self):
        self._merge(reason="<script>alert(1)</script>%(x)s")

        bodies = " ".join((self.early | self.late).message_ids.mapped("body"))
        self.assertNotIn("<script>", bodies)
        self.assertIn("alert(1)", bodies)

    def test_the_form_says_what_stands_against_it(self):
        self.late.stage_id = self.stage_closed
        wizards = self.env["crm.complaint.merge.wizard"].with_user(self.clerk)

        with Form(wizards.with_context(default_complaint_ids=(self.early | self.late).ids)) as form:
            self.assertIn("has ended", form.obstacle)
            self.assertEqual(form.survivor_id, self.early)

    def test_the_form_merges(self):
        wizard = (
            self.env["crm.complaint.merge.wizard"]
            .with_user(self.clerk)
            .create({"complaint_ids": (self.early | self.late).ids})
        )

        self.assertEqual(wizard.action_merge()["res_id"], self.early.id)
        self.assertEqual(self.late.merged_into_id, self.early)


class TestSplit(ComplaintsCase):
    """A part of a complaint becomes a complaint of its own."""

    def test_the_part_is_linked_and_counts_from_the_same_receipt(self):
        whole = self.complaint(
            date_received=datetime(2026, 3, 2, 8), about_user_ids=self.colleague.ids
        )
        wizard = (
            self.env["crm.complaint.split.wizard"]
            .with_user(self.clerk)
            .create({"complaint_id": whole.id, "name": "The invoice is wrong"})
        )
        self.assertEqual(wizard.description, whole.description)

        part = self.env["crm.complaint"].browse(wizard.action_split()["res_id"])

        self.assertRecordValues(
            part,
            [
                {
                    "name": "The invoice is wrong",
                    "date_received": datetime(2026, 3, 2, 8),
                    "partner_id": self.customer.id,
                    "team_id": self.team.id,
                    "about_user_ids": self.colleague.ids,
                }
            ],
        )
        self.assertNotEqual(part.number, whole.number)
        self.assertRecordValues(part.link_ids, [{"kind": "split", "other_id": whole.id}])

    def test_t14_splitting_needs_the_right_to_the_whole(self):
        whole = self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)
        with self.assertRaises(AccessError):
            whole.with_user(self.clerk)._split({"name": "x"})
        with self.assertRaises(AccessError):
            whole.with_user(self.clerk).action_split()
