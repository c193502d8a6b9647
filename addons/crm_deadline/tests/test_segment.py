from random import Random

from freezegun import freeze_time

from odoo.exceptions import UserError

from ..logic.segments import segments
from .common import DeadlineCase, at


class TestSegment(DeadlineCase):
    def _rows(self, clock):
        self.env.flush_all()
        clock.invalidate_recordset()
        return [
            (segment.kind, segment.date_from, segment.date_to or None, segment.date_due)
            for segment in clock.segment_ids
        ]

    def test_the_ledger_reads_as_running_paused_and_late(self):
        clock = self._start()
        clock._pause("waiting for the customer", at("2026-03-02 09:00"))
        clock._resume(at("2026-03-02 10:00"))
        with freeze_time("2026-03-03 12:00"):
            self._sweep()
        clock._stop(at("2026-03-03 13:00"))

        due, moved = at("2026-03-02 17:00"), at("2026-03-03 09:00")

        self.assertEqual(
            self._rows(clock),
            [
                ("running", at("2026-03-02 08:00"), at("2026-03-02 09:00"), due),
                ("paused", at("2026-03-02 09:00"), at("2026-03-02 10:00"), due),
                ("running", at("2026-03-02 10:00"), moved, moved),
                ("missed", moved, at("2026-03-03 13:00"), moved),
            ],
        )
        self.assertEqual(clock.segment_ids[1].reason, "waiting for the customer")
        self.assertEqual(clock.segment_ids[1].duration_hours, 1)

    def test_the_view_says_what_the_logic_says_and_the_ledger_replays_to_the_clock(self):
        """Random deeds, another version among them; what is refused leaves nothing behind."""
        random = Random(3)
        for number in range(15):
            clock = self._start(kind=f"random {number}")
            moment = clock.date_start.timestamp()
            for _deed in range(8):
                moment += random.randrange(8 * 3600)
                with freeze_time(at("1970-01-01 00:00").fromtimestamp(moment)):
                    self._random_deed(random, clock)
            events = clock._get_events()
            expected = [(part.kind, part.start, part.stop) for part in segments(events)]
            with self.subTest(number=number, events=events):
                self.assertEqual([row[:3] for row in self._rows(clock)], expected)
                self.assertEqual(clock._replay(), clock._get_state())

    def _random_deed(self, random, clock):
        deed = random.choice(
            [
                lambda: clock._pause("waiting"),
                clock._resume,
                lambda: clock._assign(random.choice([self.salesman, self.other_salesman])),
                lambda: self._new_version(random, clock),
                self._sweep,
                lambda: random.random() < 0.3 and clock._stop(),
            ]
        )
        try:
            with self.env.cr.savepoint():
                deed()
        except UserError:
            clock.invalidate_recordset()

    def _new_version(self, random, clock):
        self.policy.write(
            {
                "term_amount": random.randint(1, 20),
                "term_unit": random.choice(["working_hours", "working_days", "calendar_hours"]),
            }
        )
        if clock.version_id != self.policy.version_id:
            clock._reapply()

    def test_segments_are_seen_by_whoever_may_read_the_record(self):
        clock = self._start()
        for user, count in [(self.salesman, 1), (self.other_salesman, 0), (self.employee, 0)]:
            with self.subTest(user=user.login):
                found = self.env["crm.deadline.segment"].with_user(user).search_count([])
                self.assertEqual(found, count)
        clock.invalidate_recordset()
        self.assertFalse(clock.segment_ids.with_user(self.employee).has_access("read"))
