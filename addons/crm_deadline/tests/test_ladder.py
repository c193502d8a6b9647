from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import DeadlineCase, at

SWEEP = "odoo.addons.crm_deadline.models.crm_deadline_clock_sweep"


class TestLadder(DeadlineCase):
    """Which steps are taken when, and once only (threat T18)."""

    def setUp(self):
        super().setUp()
        team = self.env["crm.team"].create({"name": "North", "user_id": self.sales_manager.id})
        self.lead.team_id = team
        self.sales_manager.deadline_superior_id = self.deadline_manager
        self.before = self._step(moment="before", amount=2, sequence=1)
        self.at_due = self._step(whom="leader", sequence=2)
        self.after = self._step(moment="after", amount=1, whom="superior", sequence=3)

    def _start_own(self, **values):
        return self._start(user_id=self.salesman.id, **values)

    def _sweep_at(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self._sweep()

    def _told(self, clock):
        notices = clock.notice_ids.sorted(lambda notice: (notice.date_step, notice.id))
        return [(notice.step_id, notice.user_id) for notice in notices]

    def test_steps_are_taken_at_their_moments(self):
        clock = self._start_own()
        self.assertEqual(clock.date_next_step, at("2026-03-02 15:00"))

        self._sweep_at("2026-03-02 14:59")
        self.assertFalse(clock.notice_ids)
        self._sweep_at("2026-03-02 15:00", "2026-03-02 15:05")
        self.assertEqual(self._told(clock), [(self.before, self.salesman)])
        self._sweep_at("2026-03-02 17:01", "2026-03-02 17:06")
        self.assertEqual(self._told(clock)[1:], [(self.at_due, self.sales_manager)])
        self._sweep_at("2026-03-03 09:01")

        self.assertEqual(self._told(clock)[2:], [(self.after, self.deadline_manager)])
        self.assertEqual(clock.notice_ids.mapped("state"), ["done"] * 3)
        self.assertFalse(clock.date_next_step)

    def test_after_days_of_downtime_each_step_is_taken_once(self):
        clock = self._start_own()

        self._sweep_at("2026-03-09 09:00", "2026-03-09 09:05")

        self.assertEqual(len(self._told(clock)), 3)

    def test_paused_and_ended_deadlines_take_no_step(self):
        paused, ended = self._start_own(), self._start_own(kind="visit")
        paused._pause("waiting", at("2026-03-02 09:00"))
        ended._stop(at("2026-03-02 09:00"))

        self._sweep_at("2026-03-09 09:00")

        self.assertFalse((paused | ended).notice_ids)
        self.assertFalse(paused.date_next_step or ended.date_next_step)

    def test_steps_move_with_the_due_time(self):
        clock = self._start_own()
        clock._pause("waiting", at("2026-03-02 09:00"))
        clock._resume(at("2026-03-02 10:00"))

        self.assertEqual(clock.date_next_step, at("2026-03-02 16:00"))

    def test_a_step_taken_before_a_pause_is_not_taken_again(self):
        clock = self._start_own()
        self._sweep_at("2026-03-02 15:00")
        clock._pause("waiting", at("2026-03-02 15:00"))
        clock._resume(at("2026-03-03 08:00"))

        self._sweep_at("2026-03-03 09:00")

        self.assertEqual(self._told(clock), [(self.before, self.salesman)])

    def test_a_new_term_moves_the_steps_to_come(self):
        clock = self._start_own()
        self.policy.term_amount = 12
        clock._reapply()

        self.assertEqual(clock.date_next_step, at("2026-03-03 10:00"))

    def test_a_step_that_came_later_is_not_made_up_for(self):
        clock = self._start_own()
        with freeze_time("2026-03-02 16:00"):
            early = self._step(moment="before", amount=4)

        self._sweep_at("2026-03-02 16:05")

        self.assertNotIn(early, clock.notice_ids.step_id)

    def test_a_step_added_in_time_is_taken_for_open_deadlines(self):
        clock = self._start_own()
        added = self._step(moment="before", amount=1)

        self._sweep_at("2026-03-02 15:00", "2026-03-02 16:00")

        self.assertEqual(self._told(clock)[1:], [(added, self.salesman)])

    def test_an_archived_step_is_not_taken(self):
        clock = self._start_own()
        self.before.active = False

        self._sweep_at("2026-03-02 15:00")

        self.assertFalse(clock.notice_ids)

    def test_a_process_that_was_done_in_time_takes_no_step(self):
        clock = self._start_own()

        def reconcile(_records, clocks):
            clocks._stop(at("2026-03-02 12:00"))

        with patch.object(type(self.lead), "_deadline_reconcile", reconcile, create=True):
            self._sweep_at("2026-03-02 15:00")

        self.assertEqual(clock.state, "met")
        self.assertFalse(clock.notice_ids)

    def test_whoever_leads_himself_is_not_told_of_himself(self):
        self.lead.user_id = self.sales_manager
        clock = self._start(user_id=self.sales_manager.id)

        self._sweep_at("2026-03-02 17:01")

        self.assertIn((self.at_due, self.deadline_manager), self._told(clock))

    def test_a_group_is_told_one_by_one_within_the_company(self):
        group = self.env.ref("crm_deadline.group_manager")
        company = self.env["res.company"].create({"name": "Branch"})
        stranger = self.deadline_manager.copy(
            {
                "login": "dl_stranger",
                "company_ids": [Command.set(company.ids)],
                "company_id": company.id,
            }
        )
        step = self._step(whom="group", group_id=group.id)
        self.lead.company_id = self.env.company
        clock = self._start_own()

        self._sweep_at("2026-03-02 17:01")

        told = clock.notice_ids.filtered(lambda notice: notice.step_id == step).user_id
        self.assertIn(self.deadline_manager, told)
        self.assertNotIn(stranger, told)

    def test_a_person_on_leave_is_replaced_by_his_deputy(self):
        self.salesman.deadline_deputy_id = self.other_salesman
        self._absent(self.salesman, at("2026-03-01 00:00"), at("2026-03-08 00:00"))
        clock = self._start_own()

        self._sweep_at("2026-03-02 15:00")

        self.assertRecordValues(
            clock.notice_ids,
            [{"user_id": self.other_salesman.id, "absent_user_id": self.salesman.id}],
        )

    def _shut_out(self, *users):
        """Have leads keep these users from being told."""

        def shut_out(leads, asked):
            hidden = self.env["res.users"].concat(*users)
            return {lead.id: asked & hidden for lead in leads}

        return patch.object(type(self.lead), "_deadline_get_shut_out", shut_out, create=True)

    def test_t21_no_step_tells_whom_the_record_shuts_out(self):
        clock = self._start_own()

        with self._shut_out(self.sales_manager, self.deadline_manager):
            self._sweep_at("2026-03-02 15:00", "2026-03-02 17:01", "2026-03-03 09:01")

        told = clock.notice_ids.filtered(lambda notice: notice.state == "done")
        self.assertEqual(told.user_id, self.salesman)
        self.assertFalse(
            (self.sales_manager | self.deadline_manager) & clock.notice_ids.user_id,
        )

    def test_t21_nobody_stands_in_who_must_not_know(self):
        self.salesman.deadline_deputy_id = self.other_salesman
        self._absent(self.salesman, at("2026-03-01 00:00"), at("2026-03-08 00:00"))
        clock = self._start_own()

        with self._shut_out(self.other_salesman):
            self._sweep_at("2026-03-02 15:00")

        self.assertEqual(clock.notice_ids.user_id, self.salesman)

    def test_t21_who_is_shut_out_after_the_step_was_due_is_not_told(self):
        clock = self._start_own()
        with freeze_time("2026-03-02 15:00"):
            (clock | self.env["crm.deadline.clock"])._note_due_steps()

        with self._shut_out(self.salesman):
            self._sweep_at("2026-03-02 15:01")

        self.assertEqual(clock.notice_ids.state, "failed")
        self.assertFalse(self.lead.activity_ids)

    def test_t18_two_sweeps_that_saw_the_same_take_a_step_once(self):
        """A worker that read the ladder before the other committed inserts nothing new."""
        clock = self._start_own()
        with freeze_time("2026-03-02 15:00"):
            (clock | self.env["crm.deadline.clock"])._note_due_steps()
            rows = [(clock.id, self.before.id, self.salesman.id, at("2026-03-02 15:00"))]
            self.env["crm.deadline.notice"]._note(rows)

        self.assertEqual(len(clock.notice_ids), 1)

    def test_t18_a_broken_calendar_stops_no_other_ladder(self):
        broken = self._start_own()
        other = self._start_own(kind="visit", policy=self._policy(name="Other"))
        self._step(other.policy_id, moment="before", amount=2)
        look = type(broken)._get_step_dates

        def failing(clock, *args):
            if clock == broken:
                raise ValueError("broken")
            return look(clock, *args)

        with (
            patch.object(type(broken), "_get_step_dates", failing),
            mute_logger(SWEEP),
        ):
            with freeze_time("2026-03-02 14:00"):
                other.policy_id._look_again()
            self._sweep_at("2026-03-02 15:00")

        self.assertEqual(broken.ladder_error, "ValueError: broken")
        self.assertEqual(len(other.notice_ids), 1)

        self._sweep_at("2026-03-02 16:30")
        self.assertEqual(len(broken.notice_ids), 1)
        self.assertFalse(broken.ladder_error)

    def test_the_form_says_what_is_to_come(self):
        clock = self._start_own().with_user(self.salesman)

        self.assertEqual(
            clock.ladder_to_come.split("\n")[0],
            "Mon 2 Mar 2026 16:00: 2 working hours before it is due · "
            "The person responsible: schedule an activity",
        )
        self.assertEqual(len(clock.ladder_to_come.split("\n")), 3)

    def test_a_step_that_was_taken_is_archived_not_deleted(self):
        self._start_own()
        self._sweep_at("2026-03-02 15:00")

        with self.assertRaisesRegex(UserError, "has been taken"):
            self.before.unlink()

    def test_notices_are_seen_by_whoever_may_read_the_record_and_changed_by_nobody(self):
        clock = self._start_own()
        self._sweep_at("2026-03-02 15:00")
        notice = clock.notice_ids

        for user, may in [(self.salesman, True), (self.employee, False), (self.portal, False)]:
            with self.subTest(user=user.login):
                self.assertEqual(notice.with_user(user).has_access("read"), may)
        for deed in (notice.sudo().unlink, lambda: notice.sudo().write({"state": "done"})):
            with self.assertRaises(AccessError):
                deed()

    def test_who_may_edit_ladders(self):
        for user, may in [
            (self.employee, "read"),
            (self.sales_manager, "read"),
            (self.deadline_manager, "read create write unlink"),
            (self.portal, ""),
        ]:
            for operation in ("read", "create", "write", "unlink"):
                with self.subTest(user=user.login, operation=operation):
                    allowed = self.before.with_user(user).has_access(operation)
                    self.assertEqual(allowed, operation in may)

    def test_t14_only_administrators_have_the_system_act(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Act",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "state": "code",
                "code": "record.write({'description': 'acted'})",
            }
        )
        values = {"deed": "server", "server_action_id": action.id}

        with self.assertRaisesRegex(AccessError, "Ask an administrator"):
            self.before.with_user(self.deadline_manager).write(values)
        self.before.with_user(self.env.ref("base.user_admin")).write(values)

        self.assertEqual(self.before.deed, "server")

    def test_t4_a_default_in_the_context_has_the_system_not_act(self):
        action = self.env["ir.actions.server"].create(
            {
                "name": "Act",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "state": "code",
                "code": "record.write({'description': 'acted'})",
            }
        )
        steps = self.env["crm.deadline.step"].with_user(self.deadline_manager)
        steps = steps.with_context(default_server_action_id=action.id, default_deed="server")

        with self.assertRaisesRegex(AccessError, "Ask an administrator"):
            steps.create({"policy_id": self.policy.id})
