from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .common import DeadlineCase, at


class TestReapply(DeadlineCase):
    def setUp(self):
        super().setUp()
        self.clock = self._start(user_id=self.salesman.id)
        self.deadline_manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.policy.term_amount = 12

    def _wizard(self, user=None, **values):
        wizards = self.env["crm.deadline.reapply"].with_user(user or self.deadline_manager)
        return wizards.create({"policy_id": self.policy.id, **values})

    def test_the_preview_shows_both_due_times_and_changes_nothing(self):
        wizard = self._wizard()

        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "clock_id": self.clock.id,
                    "date_due_old": at("2026-03-02 17:00"),
                    "date_due_new": at("2026-03-03 12:00"),
                    "is_late": False,
                    "is_chosen": True,
                }
            ],
        )
        self.assertEqual(self.clock.date_due, at("2026-03-02 17:00"))

    def test_applying_counts_anew_and_stands_in_the_ledger(self):
        with freeze_time("2026-03-02 09:00"):
            self._wizard(reason="As agreed").action_apply()

        self.assertRecordValues(
            self.clock,
            [
                {
                    "date_due": at("2026-03-03 12:00"),
                    "term_amount": 12,
                    "version_id": self.policy.version_id.id,
                    "state": "running",
                }
            ],
        )
        self.assertLedger(
            self.clock, ("start", "2026-03-02 08:00"), ("reapply", "2026-03-02 09:00")
        )
        entry = self.clock.event_ids.sorted("id")[-1]
        self.assertRecordValues(
            entry,
            [
                {
                    "reason": "As agreed",
                    "user_id": self.deadline_manager.id,
                    "version_id": self.policy.version_id.id,
                    "date_due": at("2026-03-03 12:00"),
                }
            ],
        )
        self.assertEqual(self.policy.old_clock_count, 0)

    def test_the_record_learns_that_its_due_time_moved(self):
        moved = []

        def note(leads, clocks):
            moved.append((leads.ids, clocks.mapped("date_due")))

        with patch.object(type(self.lead), "_deadline_moved", note, create=True):
            self.clock._reapply()

        self.assertEqual(moved, [(self.lead.ids, [self.clock.date_due])])

    def test_pauses_are_kept(self):
        self.clock._pause("waiting", at("2026-03-02 09:00"))
        self.clock._resume(at("2026-03-02 10:00"))

        with freeze_time("2026-03-02 11:00"):
            self._wizard().action_apply()

        self.assertEqual(self.clock.date_due, at("2026-03-03 14:00"))
        self.assertEqual(self.clock._replay(), self.clock._get_state())

    def test_a_paused_deadline_keeps_waiting_with_what_the_new_term_leaves(self):
        self.clock._pause("waiting", at("2026-03-02 09:00"))

        with freeze_time("2026-03-02 11:00"):
            self._wizard().action_apply()

        self.assertRecordValues(self.clock, [{"state": "paused", "size_left": 11 * 3600}])
        self.clock._resume(at("2026-03-03 08:00"))
        self.assertEqual(self.clock.date_due, at("2026-03-04 11:00"))
        self.assertEqual(self.clock._replay(), self.clock._get_state())

    def test_another_unit_and_calendar_apply_as_well(self):
        mornings = self._calendar("Mornings", hours=((9, 11),))
        self.policy.write(
            {"term_amount": 3, "term_unit": "working_days", "calendar_id": mornings.id}
        )

        with freeze_time("2026-03-02 09:00"):
            self._wizard().action_apply()

        self.assertEqual(self.clock.date_due, at("2026-03-05 10:00"))
        self.assertEqual(self.clock.calendar_id, mornings)
        self.assertEqual(self.clock._replay(), self.clock._get_state())

    def test_who_would_be_late_at_once_is_not_chosen_by_itself(self):
        self.policy.term_amount = 1

        with freeze_time("2026-03-02 12:00"):
            wizard = self._wizard()
            lines = wizard.line_ids

        self.assertRecordValues(lines, [{"is_late": True, "is_chosen": False}])
        with self.assertRaisesRegex(UserError, "at least one"):
            wizard.action_apply()

    def test_whoever_is_late_by_the_new_term_is_due_when_it_is_applied(self):
        self.policy.term_amount = 1

        with freeze_time("2026-03-02 12:00"):
            wizard = self._wizard()
            wizard.line_ids.is_chosen = True
            wizard.action_apply()
        self.assertEqual(self.clock.date_due, at("2026-03-02 12:00"))

        with freeze_time("2026-03-02 12:05"):
            self._sweep()
        self.assertRecordValues(
            self.clock, [{"state": "missed", "date_missed": at("2026-03-02 12:00")}]
        )
        self.assertEqual(self.clock._replay(), self.clock._get_state())

    def test_a_miss_nobody_has_noted_yet_is_not_undone(self):
        with freeze_time("2026-03-03 08:00"):
            wizard = self._wizard()
            wizard.line_ids.is_chosen = True
            wizard.action_apply()

        self.assertLedger(self.clock, ("start", "2026-03-02 08:00"), ("miss", "2026-03-02 17:00"))

    def test_ended_and_missed_deadlines_are_not_offered(self):
        self.clock._stop()

        self.assertFalse(self._wizard().line_ids)

    def test_a_calendar_without_hours_is_shown_and_stops_no_other(self):
        self.calendar.attendance_ids.unlink()

        wizard = self._wizard()

        self.assertIn("too little working time", wizard.line_ids.problem)
        self.assertFalse(wizard.line_ids.is_chosen)

    def test_t1_deadlines_of_foreign_documents_are_not_offered(self):
        self.deadline_manager.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.deadline_manager.group_ids -= self.env.ref("sales_team.group_sale_salesman")

        self.assertFalse(self._wizard().line_ids)

    def test_t1_a_line_on_a_foreign_deadline_is_refused(self):
        wizard = self._wizard()
        self.deadline_manager.group_ids = self.env.ref("crm_deadline.group_manager")
        lines = self.env["crm.deadline.reapply.line"].with_user(self.deadline_manager)

        with self.assertRaises(AccessError):
            lines.create({"wizard_id": wizard.id, "clock_id": self.clock.id})

    def test_t14_a_line_made_up_by_its_writer_reaches_no_other_policy(self):
        other = self._start(kind="other", policy=self._policy(name="Other"))
        wizard = self._wizard()
        self.env["crm.deadline.reapply.line"].with_user(self.deadline_manager).create(
            {"wizard_id": wizard.id, "clock_id": other.id, "is_chosen": True}
        )

        wizard.action_apply()

        self.assertEqual(len(other.event_ids), 1)

    def test_only_managers_apply_a_policy_anew(self):
        for user in (self.salesman, self.sales_manager, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard(user)

    def test_another_policy_counts_from_the_start_and_stands_in_the_ledger(self):
        other = self._policy(term_amount=16)
        self.clock._pause("waiting", at("2026-03-02 09:00"))
        self.clock._resume(at("2026-03-02 10:00"))

        with freeze_time("2026-03-02 11:00"):
            self.clock._switch(other, "Another contract")

        entry = self.clock.event_ids.sorted("id")[-1]
        self.assertRecordValues(
            entry, [{"kind": "reapply", "policy_id": other.id, "reason": "Another contract"}]
        )
        self.assertRecordValues(
            self.clock,
            [{"policy_id": other.id, "term_amount": 16, "date_due": at("2026-03-04 09:00")}],
        )
        self.assertEqual(self.clock._replay(), self.clock._get_state())

    def test_what_is_late_stays_late_by_the_policy_it_had(self):
        other = self._policy(term_amount=16)

        with freeze_time("2026-03-02 17:30"):
            switched = self.clock._switch(other)

        self.assertFalse(switched)
        self.assertEqual(self.clock.policy_id, self.policy)
