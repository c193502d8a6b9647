from freezegun import freeze_time

from odoo.exceptions import UserError

from .common import DeadlineCase, at
from .people import QUIET


class TestClock(DeadlineCase):
    def test_start_promises_a_due_time_in_working_hours(self):
        clock = self._start(user_id=self.salesman.id, reason="Called")

        self.assertRecordValues(
            clock,
            [
                {
                    "state": "running",
                    "date_start": at("2026-03-02 08:00"),
                    "date_due": at("2026-03-02 17:00"),
                    "date_end": False,
                    "user_id": self.salesman.id,
                    "calendar_id": self.calendar.id,
                }
            ],
        )
        self.assertRecordValues(
            clock.event_ids,
            [
                {
                    "kind": "start",
                    "reason": "Called",
                    "user_id": self.env.uid,
                    "policy_id": self.policy.id,
                    "date_due": at("2026-03-02 17:00"),
                }
            ],
        )
        self.assertLedger(clock, ("start", "2026-03-02 08:00"))

    def test_a_salesman_starts_and_ends_clocks_without_any_right_on_them(self):
        clock = self._start().with_user(self.salesman)

        clock._pause("Customer is on holiday")
        clock._stop()

        self.assertEqual(clock.state, "met")
        self.assertEqual(clock.event_ids[-1].user_id, self.salesman)

    def test_pause_and_resume_keep_the_working_time_left(self):
        clock = self._start()

        clock._pause("Waiting for the customer", at("2026-03-02 10:00"))
        self.assertRecordValues(clock, [{"state": "paused", "size_left": 6 * 3600}])
        clock._resume(at("2026-03-04 08:00"))

        self.assertRecordValues(
            clock, [{"state": "running", "size_left": 0, "date_due": at("2026-03-04 15:00")}]
        )
        self.assertEqual(clock.event_ids.sorted("id")[1].reason, "Waiting for the customer")
        self.assertLedger(
            clock,
            ("start", "2026-03-02 08:00"),
            ("pause", "2026-03-02 10:00"),
            ("resume", "2026-03-04 08:00"),
        )

    def test_days_move_by_the_working_days_paused(self):
        policy = self._policy(term_amount=3, term_unit="working_days")
        clock = self._start(policy=policy)
        self.assertEqual(clock.date_due, at("2026-03-05 17:00"))

        clock._pause("Waiting", at("2026-03-03 09:00"))
        clock._resume(at("2026-03-04 09:00"))

        self.assertEqual(clock.date_due, at("2026-03-06 17:00"))
        self.assertEqual(clock._replay(), clock._get_state())

    def test_stopped_in_time_is_met(self):
        clock = self._start()

        clock._stop(at("2026-03-02 17:00"))

        self.assertRecordValues(
            clock, [{"state": "met", "date_end": at("2026-03-02 17:00"), "date_missed": False}]
        )
        self.assertLedger(clock, ("start", "2026-03-02 08:00"), ("stop", "2026-03-02 17:00"))

    def test_stopped_late_is_missed_at_the_due_time(self):
        clock = self._start()

        clock._stop(at("2026-03-02 17:01"))

        self.assertRecordValues(
            clock,
            [
                {
                    "state": "missed",
                    "date_end": at("2026-03-02 17:01"),
                    "date_missed": at("2026-03-02 17:00"),
                }
            ],
        )
        self.assertLedger(
            clock,
            ("start", "2026-03-02 08:00"),
            ("miss", "2026-03-02 17:00"),
            ("stop", "2026-03-02 17:01"),
        )

    def test_cancelled_is_neither_met_nor_missed(self):
        clock = self._start()

        clock._cancel("Duplicate")

        self.assertRecordValues(clock, [{"state": "cancelled", "date_missed": False}])
        self.assertEqual(clock.event_ids.sorted("id")[-1].reason, "Duplicate")

    def test_reassigning_is_in_the_ledger(self):
        clock = self._start(user_id=self.salesman.id)

        clock._assign(self.other_salesman)
        clock._assign(self.other_salesman)

        self.assertEqual(clock.user_id, self.other_salesman)
        self.assertLedger(clock, ("start", "2026-03-02 08:00"), ("assign", "2026-03-02 08:00"))

    def test_impossible_moves_say_why(self):
        ended = self._start()
        ended._stop()
        running = self._start(kind="visit")

        for move, message in [
            (
                lambda: ended._pause("x"),
                r'"First answer \(Deal\)" .* "Paused": it has already ended',
            ),
            (lambda: running._resume(), r'"First answer \(Deal\)" .* "Resumed": it is not paused'),
            (lambda: running._stop(at("2026-03-01 08:00")), "last entry has a later date"),
        ]:
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                move()

    def test_one_open_clock_of_a_kind(self):
        clock = self._start()

        with self.assertRaisesRegex(UserError, r'"First answer \(Deal\)" is already open'):
            self._start()

        clock._stop()
        self.assertEqual(self._start().state, "running")

    def test_a_batch_equals_clocks_one_by_one(self):
        leads = self.env["crm.lead"].create([{"name": f"Deal {number}"} for number in range(20)])
        starts = [at(f"2026-03-{number + 1:02} {number % 24:02}:30") for number in range(20)]
        vals_list = [
            {
                "res_model": "crm.lead",
                "res_id": lead.id,
                "kind": "answer",
                "policy_id": self.policy.id,
                "date_start": start,
            }
            for lead, start in zip(leads, starts, strict=True)
        ]

        clocks = self.env["crm.deadline.clock"]._start(vals_list)

        self.assertEqual(clocks.mapped("res_id"), leads.ids)
        self.assertEqual(clocks.mapped("date_due"), self.policy._get_due_dates(starts))

    def test_queries_do_not_grow_with_the_batch(self):
        def start_and_stop(count):
            leads = self.env["crm.lead"].with_context(**QUIET).create([{"name": "Deal"}] * count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            clocks = self.env["crm.deadline.clock"]._start(
                [
                    {
                        "res_model": "crm.lead",
                        "res_id": lead.id,
                        "kind": "answer",
                        "policy_id": self.policy.id,
                    }
                    for lead in leads
                ]
            )
            clocks._pause("Waiting")
            clocks._resume()
            clocks._stop()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        start_and_stop(1)
        self.assertLessEqual(start_and_stop(200), start_and_stop(2) + 10)

    def test_an_edited_policy_does_not_move_a_promised_deadline(self):
        clock = self._start()

        self.policy.term_amount = 1
        clock._pause("Waiting")
        clock._resume()

        self.assertEqual(clock.date_due, at("2026-03-02 17:00"))
        self.assertEqual(clock._replay(), clock._get_state())

    def test_warning_comes_before_the_due_time_and_moves_with_it(self):
        policy = self._policy(warning_amount=2)
        clock = self._start(policy=policy)
        self.assertEqual(clock.date_warning, at("2026-03-02 15:00"))

        clock._pause("Waiting", at("2026-03-02 10:00"))
        clock._resume(at("2026-03-04 08:00"))

        self.assertEqual(clock.date_warning, at("2026-03-04 12:00"))

    def test_the_document_is_one_click_away(self):
        clock = self._start()

        action = clock.with_user(self.salesman).action_open_record()

        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", self.lead.id))
        self.assertEqual(clock.display_name, "First answer (Deal)")

    def test_now_is_the_default_moment(self):
        clock = self._start()

        with freeze_time("2026-03-02 09:30:15.700"):
            clock._pause("Waiting")

        self.assertEqual(clock.date_last.isoformat(), "2026-03-02T09:30:15")
