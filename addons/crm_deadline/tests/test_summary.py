from freezegun import freeze_time

from .common import DeadlineCase, at


class TestSummary(DeadlineCase):
    def _summary(self, clock, user=None):
        return clock.with_user(user or self.salesman).with_context(tz=None).deadline_summary

    def test_a_running_clock_explains_its_due_time(self):
        self.assertEqual(
            self._summary(self._start()),
            "8 working hours from Mon 2 Mar 2026 09:00 by the calendar Nine to six: "
            "due Mon 2 Mar 2026 18:00",
        )

    def test_pauses_are_part_of_the_explanation(self):
        clock = self._start()
        clock._pause("waiting for the customer", at("2026-03-02 10:00"))
        self.assertIn("paused since Mon 2 Mar 2026 11:00 with 6 h left", self._summary(clock))

        clock._resume(at("2026-03-02 11:20"))

        self.assertEqual(
            self._summary(clock),
            "8 working hours from Mon 2 Mar 2026 09:00 by the calendar Nine to six, "
            "paused 1 h 20 min while waiting for the customer: due Tue 3 Mar 2026 10:20",
        )

    def test_pauses_for_one_reason_are_added_up(self):
        clock = self._start()
        for start, stop, reason in [
            ("2026-03-02 09:00", "2026-03-02 09:30", "waiting for the customer"),
            ("2026-03-02 10:00", "2026-03-02 10:20", "waiting for the supplier"),
            ("2026-03-02 11:00", "2026-03-02 11:15", "waiting for the customer"),
        ]:
            clock._pause(reason, at(start))
            clock._resume(at(stop))

        self.assertIn(
            "paused 45 min while waiting for the customer, "
            "paused 20 min while waiting for the supplier: due",
            self._summary(clock),
        )

    def test_a_pause_is_since_when_it_began_whoever_was_put_in_charge_meanwhile(self):
        clock = self._start()
        clock._pause("waiting", at("2026-03-02 08:00"))
        with freeze_time("2026-03-03 08:00"):
            clock._assign(self.other_salesman)

        self.assertIn("paused since Mon 2 Mar 2026 09:00", self._summary(clock))

    def test_times_are_those_of_the_reader(self):
        self.salesman.tz = "Asia/Tokyo"

        self.assertIn("Mon 2 Mar 2026 17:00", self._summary(self._start()))

    def test_each_end_has_its_words(self):
        for move, words in [
            (lambda clock: clock._stop(at("2026-03-02 09:00")), "met Mon 2 Mar 2026 10:00"),
            (lambda clock: clock._cancel("x"), "cancelled Mon 2 Mar 2026 09:00"),
            (lambda clock: clock._pause("x", at("2026-03-03 09:00")), "missed, due Mon 2 Mar"),
            (lambda clock: clock._stop(at("2026-03-03 09:00")), "ended Tue 3 Mar 2026 10:00"),
        ]:
            clock = self._start(self.env["crm.lead"].create({"name": "Deal"}))
            move(clock)
            with self.subTest(words):
                self.assertIn(words, self._summary(clock, self.sales_manager))

    def test_calendar_time_names_no_working_hours(self):
        clock = self._start(policy=self._policy(term_amount=1, term_unit="calendar_days"))

        self.assertEqual(
            self._summary(clock),
            "1 calendar day from Mon 2 Mar 2026 09:00: due Tue 3 Mar 2026 23:59",
        )
