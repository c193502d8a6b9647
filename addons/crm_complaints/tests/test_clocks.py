from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.crm_deadline.logic.clock import MISSED

from .common_clocks import TermsCase, at


@freeze_time("2026-03-02 08:00:00")
class TestStages(TermsCase):
    """Clocks follow the stages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stage_waiting = cls.env["crm.complaint.stage"].create(
            {"name": "Customer asked", "kind": "waiting", "sequence": 25}
        )

    def test_an_answered_case_has_met_its_final_answer_by_promise_and_by_law(self):
        complaint = self.russian()
        complaint.jurisdiction_id.part_ids.is_required = False

        with freeze_time("2026-03-02 09:00:00"):
            complaint.stage_id = self.stage_answered

        self.assertEqual(
            self.states(complaint),
            {
                "acknowledgement": "running",
                "first_answer": "running",
                "resolution": "met",
                "law_resolution": "met",
            },
        )

    def _sweep(self):
        self.env["crm.deadline.clock"]._claim_late((at("2000-01-01 00:00"), 0))._mark_missed()

    def test_closing_without_a_word_answers_nothing(self):
        complaint = self.complaint()

        complaint.stage_id = self.stage_closed

        self.assertEqual(
            self.states(complaint),
            {"acknowledgement": "cancelled", "first_answer": "cancelled", "resolution": "met"},
        )

    def test_withdrawing_is_never_a_success(self):
        complaint = self.complaint()

        complaint.stage_id = self.stage_withdrawn

        self.assertEqual(set(self.states(complaint).values()), {"cancelled"})
        self.assertFalse(complaint.date_deadline)

    def test_archiving_stops_no_clock(self):
        complaint = self.complaint()

        complaint.active = False

        self.assertEqual(set(self.states(complaint).values()), {"running"})

    def test_a_reopened_case_is_promised_an_answer_anew(self):
        complaint = self.complaint()
        complaint.stage_id = self.stage_answered

        with freeze_time("2026-03-10 08:00:00"):
            complaint.stage_id = self.env.ref("crm_complaints.crm_complaint_stage_second_instance")

        clocks = complaint.deadline_clock_ids.filtered(lambda clock: clock.kind == "resolution")
        self.assertEqual(clocks.sorted("id").mapped("state"), ["met", "running"])
        self.assertEqual(clocks.sorted("id")[-1].date_start, at("2026-03-10 08:00"))

    def test_an_answered_demand_begins_anew_by_law_where_its_rule_says_so(self):
        self.russia.part_ids.is_required = False
        for is_renewed, states in ((True, ["met", "running"]), (False, ["met"])):
            with self.subTest(is_renewed=is_renewed):
                self.russia.rule_ids.is_renewed = is_renewed
                complaint = self.russian()
                complaint.stage_id = self.stage_answered

                with freeze_time("2026-03-10 08:00:00"):
                    complaint.stage_id = self.stage_acknowledged

                clocks = complaint.deadline_clock_ids.filtered(lambda c: c.kind == "law_resolution")
                self.assertEqual(clocks.sorted("id").mapped("state"), states)

    def test_closing_without_a_word_wins_no_time_against_the_law(self):
        complaint = self.russian(outcome="rejected")
        due = self.clock(complaint, "law_resolution").date_due
        with freeze_time("2026-03-03 08:00:00"):
            complaint.stage_id = self.stage_withdrawn

        with freeze_time("2026-03-05 08:00:00"):
            complaint.stage_id = self.stage_acknowledged

        self.assertEqual(self.clock(complaint, "law_resolution").date_due, due)
        self.assertEqual(self.clock(complaint, "law_resolution").state, "running")
        self.assertEqual(self.clock(complaint, "resolution").date_start, at("2026-03-05 08:00"))
        self.assertEqual(self.clock(complaint, "first_answer").date_start, at("2026-03-05 08:00"))

    def test_a_demand_taken_back_and_made_again_begins_anew_by_law(self):
        complaint = self.russian()
        with freeze_time("2026-03-03 08:00:00"):
            complaint.write({"outcome": "withdrawn", "stage_id": self.stage_withdrawn.id})

        with freeze_time("2026-03-05 08:00:00"):
            complaint.stage_id = self.stage_acknowledged

        clock = self.clock(complaint, "law_resolution")
        self.assertEqual((clock.state, clock.date_start), ("running", at("2026-03-05 08:00")))

    def test_the_clocks_follow_the_person_responsible(self):
        complaint = self.complaint()

        complaint.user_id = self.leader

        self.assertEqual(complaint.deadline_clock_ids.user_id, self.leader)

    def test_waiting_lets_the_promise_stand_still_and_the_law_go_on(self):
        complaint = self.russian()

        complaint.stage_id = self.stage_waiting

        states = self.states(complaint)
        self.assertEqual(states["resolution"], "paused")
        self.assertEqual(states["law_resolution"], "running")
        self.assertEqual(states["first_answer"], "running")
        self.assertEqual(complaint.date_waiting, at("2026-03-02 08:00"))

    def test_leaving_the_waiting_stage_counts_on(self):
        complaint = self.complaint()
        due = self.clock(complaint, "resolution").date_due
        complaint.stage_id = self.stage_waiting

        with freeze_time("2026-03-04 08:00:00"):
            complaint.stage_id = self.stage_acknowledged

        clock = self.clock(complaint, "resolution")
        self.assertEqual(clock.state, "running")
        self.assertEqual((clock.date_due - due).days, 2)
        self.assertFalse(complaint.date_waiting)

    def test_the_button_waits_and_stops_waiting(self):
        complaint = self.complaint().with_user(self.clerk)

        complaint.action_wait()
        self.assertEqual(self.states(complaint)["resolution"], "paused")
        with freeze_time("2026-03-02 10:00:00"):
            complaint.action_stop_waiting()

        self.assertEqual(self.states(complaint)["resolution"], "running")

    def test_stopping_to_wait_leaves_the_waiting_stage(self):
        complaint = self.complaint(stage_id=self.stage_acknowledged.id)
        complaint.stage_id = self.stage_waiting

        complaint.with_user(self.clerk).action_stop_waiting()

        self.assertEqual(complaint.stage_id, self.stage_acknowledged)

    def test_an_ended_case_does_not_wait(self):
        complaint = self.complaint(stage_id=self.stage_closed.id)

        with self.assertRaisesRegex(UserError, "has ended"):
            complaint.action_wait()

    def test_a_complaint_born_in_a_waiting_stage_waits(self):
        complaint = self.complaint(stage_id=self.stage_waiting.id)

        self.assertEqual(self.states(complaint)["resolution"], "paused")

    def test_t1_waiting_is_for_who_may_change_the_complaint(self):
        complaint = self.complaint()

        for deed in ("action_wait", "action_stop_waiting"):
            with self.subTest(deed=deed), self.assertRaises(AccessError):
                getattr(complaint.with_user(self.colleague), deed)()

    def test_t4_the_dates_of_waiting_and_talk_are_the_systems(self):
        complaint = self.complaint()

        for name in ("date_waiting", "date_last_answer", "date_last_message"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "system sets"):
                complaint.write({name: "2026-03-01 08:00:00"})

    def test_t18_a_breach_is_noted_and_told_once(self):
        complaint = self.complaint()
        with freeze_time("2026-03-05 08:00:00"):
            self._sweep()
            self._sweep()

        clock = self.clock(complaint, "first_answer")
        self.assertEqual(clock.state, MISSED)
        self.assertEqual(clock.event_ids.mapped("kind").count("miss"), 1)


@freeze_time("2026-03-02 08:00:00")
class TestDeadline(TermsCase):
    """The next deadline: to sort, to filter, to show."""

    def test_the_deadline_is_the_earliest_open_one(self):
        complaint = self.complaint()

        self.assertEqual(
            complaint.date_deadline, min(complaint.deadline_clock_ids.mapped("date_due"))
        )

        self.clock(complaint, "acknowledgement")._stop()
        self.clock(complaint, "first_answer")._stop()

        self.assertEqual(complaint.date_deadline, self.clock(complaint, "resolution").date_due)

    def test_the_form_counts_down_with_the_article(self):
        complaint = self.russian("return_goods")
        complaint._end_clocks(["acknowledgement", "first_answer"], at("2026-03-02 08:00"))

        self.assertEqual(complaint.deadline_text, "Final answer, by law")
        self.assertIn("art. 25", complaint.deadline_article)

    def test_states_by_search_are_those_that_are_shown(self):
        complaints = self.complaint() | self.complaint(date_received="2026-02-20 08:00:00")
        complaints |= self.complaint(stage_id=self.stage_closed.id)
        waiting = self.complaint()
        waiting._end_clocks(["acknowledgement", "first_answer"], at("2026-03-02 08:00"))
        waiting.action_wait()
        complaints |= waiting
        near = self.complaint()
        near._end_clocks(["acknowledgement"], at("2026-03-02 08:00"))
        complaints |= near

        with freeze_time("2026-03-04 09:00:00"):
            complaints.invalidate_recordset(["deadline_state"])
            for state in ("late", "near", "running", "waiting", False):
                with self.subTest(state=state):
                    found = complaints.search(
                        [("id", "in", complaints.ids), ("deadline_state", "=", state)]
                    )
                    shown = complaints.filtered(lambda c, state=state: c.deadline_state == state)
                    self.assertEqual(found, shown & found)
                    self.assertEqual(len(found), len(shown))

    def test_late_and_near_are_searched_by_an_index(self):
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for state, index in (
            ("late", "crm_complaint_deadline_index"),
            ("near", "crm_complaint_warning_index"),
        ):
            query = self.env["crm.complaint"]._search([("deadline_state", "=", state)])
            rows = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
            plan = "\n".join(row[0] for row in rows)
            with self.subTest(state=state):
                self.assertIn(index, plan)
