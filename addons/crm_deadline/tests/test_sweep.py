from unittest.mock import patch

from freezegun import freeze_time

from odoo.tools import mute_logger

from .common import DeadlineCase, at

SWEEP = "odoo.addons.crm_deadline.models.crm_deadline_clock_sweep"


class TestSweep(DeadlineCase):
    """Threat T18: once only, whatever runs twice or fails."""

    def setUp(self):
        super().setUp()
        self.told = []
        self.poisoned = set()

        def missed(records, clocks):
            self.told += [(record.name, clocks.env.uid) for record in records]
            records.write({"description": "told"})
            if self.poisoned & set(records.mapped("name")):
                raise ValueError("poisoned")

        lead_class = self.env.registry["crm.lead"]
        hook = patch.object(lead_class, "_deadline_missed", missed, create=True)
        hook.start()
        self.addCleanup(hook.stop)
        names = ["A", "B", "C"]
        self.leads = self.env["crm.lead"].create([{"name": name} for name in names])
        self.clocks = self.env["crm.deadline.clock"].concat(
            *(self._start(lead) for lead in self.leads)
        )

    def test_a_missed_deadline_is_noted_and_told_once(self):
        with freeze_time("2026-03-02 17:00:01"):
            self._sweep()
            self._sweep()

        self.assertEqual(sorted(name for name, _uid in self.told), ["A", "B", "C"])
        self.assertEqual(set(self.clocks.mapped("state")), {"missed"})
        for clock in self.clocks:
            self.assertLedger(clock, ("start", "2026-03-02 08:00"), ("miss", "2026-03-02 17:00"))
            self.assertEqual(clock.date_missed, at("2026-03-02 17:00"))

    def test_a_miss_stays_with_who_was_responsible_then(self):
        before, after = self._people()
        swept, unswept = self.clocks[:2]
        with freeze_time("2026-03-02 09:00"):
            self.clocks._assign(before)
        with freeze_time("2026-03-02 17:30"):
            unswept._assign(after)  # late already, and no sweep has come by
            self._sweep()
            swept._assign(after)

        self.assertEqual((swept + unswept).missed_user_id, before)
        self.assertEqual((swept + unswept).user_id, after)

    def _people(self):
        return self.env["res.users"].create(
            [{"name": name, "login": f"deadline_{name.lower()}"} for name in ("Before", "After")]
        )

    def test_t22_log_of_a_process_that_fails_names_no_person(self):
        lead = self.leads[0]
        lead.name = "Petra Prospect"
        self.poisoned = {lead.name}

        with self.assertLogs(SWEEP, "ERROR") as log, freeze_time("2026-03-02 17:00:01"):
            self._sweep()

        (record,) = log.records
        self.assertIn(f"crm.lead,{lead.id}", record.getMessage())
        self.assertNotIn("Petra", "".join(log.output))

    def _patch_reconcile(self, function):
        hook = patch.object(
            self.env.registry["crm.lead"], "_deadline_reconcile", function, create=True
        )
        hook.start()
        self.addCleanup(hook.stop)

    def test_a_process_may_say_that_the_work_was_done_in_time(self):
        def reconcile(records, clocks):
            clocks.filtered(lambda clock: clock.res_id == self.leads[0].id)._stop(
                at("2026-03-02 12:00")
            )

        self._patch_reconcile(reconcile)

        with freeze_time("2026-03-03 08:00"):
            self._sweep()

        self.assertEqual(self.clocks.mapped("state"), ["met", "missed", "missed"])
        self.assertEqual(sorted(name for name, _uid in self.told), ["B", "C"])

    def test_a_process_that_cannot_say_makes_nobody_late(self):
        def reconcile(records, clocks):
            if self.poisoned & set(records.mapped("name")):
                raise ValueError("cannot say")

        self._patch_reconcile(reconcile)
        self.poisoned = {"A"}

        with freeze_time("2026-03-03 08:00"), patch(f"{SWEEP}.BATCH", 1), mute_logger(SWEEP):
            self._sweep()

        self.assertEqual(self.clocks.mapped("state"), ["running", "missed", "missed"])
        self.assertEqual(self.clocks[0].followup_error, "ValueError: cannot say")

        self.poisoned = set()
        with freeze_time("2026-03-03 08:05"):
            self._sweep()

        self.assertRecordValues(self.clocks[0], [{"state": "missed", "followup_error": False}])

    def test_nothing_happens_up_to_the_due_time(self):
        with freeze_time("2026-03-02 17:00"):
            self._sweep()

        self.assertEqual(set(self.clocks.mapped("state")), {"running"})
        self.assertFalse(self.told)

    def test_ended_and_paused_clocks_are_left_alone(self):
        self.clocks[0]._stop()
        self.clocks[1]._pause("Waiting")
        self.clocks[2]._cancel("Duplicate")

        with freeze_time("2026-04-01 17:00"):
            self._sweep()

        self.assertEqual(self.clocks.mapped("state"), ["met", "paused", "cancelled"])
        self.assertFalse(self.told)

    def test_a_poisoned_record_stops_nobody_else(self):
        self.poisoned = {"B"}

        with freeze_time("2026-03-03 08:00"), self.assertLogs(SWEEP, "ERROR") as logs:
            self._sweep()

        self.assertEqual(self.clocks.mapped("state"), ["missed"] * 3)
        self.assertEqual(self.clocks.mapped("is_followed_up"), [True, False, True])
        self.assertEqual(self.clocks[1].followup_error, "ValueError: poisoned")
        self.assertEqual([bool(lead.description) for lead in self.leads], [True, False, True])
        self.assertEqual(len(logs.output), 1)
        self.assertIn(f"answer of crm.lead,{self.leads[1].id}", logs.output[0])

    def test_a_cured_record_is_told_by_the_next_sweep(self):
        self.poisoned = {"B"}
        with freeze_time("2026-03-03 08:00"), mute_logger(SWEEP):
            self._sweep()
        self.poisoned, self.told = set(), []

        with freeze_time("2026-03-03 08:05"):
            self._sweep()

        self.assertEqual([name for name, _uid in self.told], ["B"])
        self.assertRecordValues(self.clocks[1], [{"is_followed_up": True, "followup_error": False}])

    def test_the_same_failure_is_logged_once(self):
        self.poisoned = {"B"}
        with freeze_time("2026-03-03 08:00"), mute_logger(SWEEP):
            self._sweep()

        with freeze_time("2026-03-03 08:05"), self.assertNoLogs(SWEEP, "WARNING"):
            self._sweep()

        self.assertEqual(self.clocks[1].followup_error, "ValueError: poisoned")

    def test_a_broken_calendar_does_not_stop_the_sweep(self):
        with (
            patch.object(
                self.env.registry["resource.calendar"],
                "_get_deadline_schedule",
                side_effect=ValueError("broken"),
            ),
            freeze_time("2026-03-03 08:00"),
        ):
            self._sweep()

        self.assertEqual(set(self.clocks.mapped("state")), {"missed"})

    def test_a_miss_found_by_stopping_late_is_told_too(self):
        self.clocks[0]._stop(at("2026-03-02 18:00"))

        with freeze_time("2026-03-02 12:00"):
            self._sweep()

        self.assertEqual([name for name, _uid in self.told], ["A"])

    def test_batches_lose_nobody(self):
        with freeze_time("2026-03-03 08:00"), patch(f"{SWEEP}.BATCH", 2):
            self._sweep()

        self.assertEqual(sorted(name for name, _uid in self.told), ["A", "B", "C"])

    def test_a_record_that_is_gone_does_not_stop_the_sweep(self):
        self.leads[0].unlink()

        with freeze_time("2026-03-03 08:00"):
            self._sweep()

        self.assertEqual(sorted(name for name, _uid in self.told), ["B", "C"])

    def test_an_assignment_after_the_due_time_notes_the_miss_first(self):
        with freeze_time("2026-03-03 08:00"):
            self.clocks[0]._assign(self.salesman)
            self._sweep()

        self.assertLedger(
            self.clocks[0],
            ("start", "2026-03-02 08:00"),
            ("miss", "2026-03-02 17:00"),
            ("assign", "2026-03-03 08:00"),
        )

    def test_the_sweep_reads_partial_indexes(self):
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for index, query in [
            ("sweep", "state = 'running' AND date_due < now() ORDER BY date_due, id"),
            (
                "followup",
                (
                    "state = 'missed' AND is_followed_up IS NOT TRUE "
                    "AND (date_missed, id) > ('0001-01-01', 0) ORDER BY date_missed, id"
                ),
            ),
        ]:
            self.env.cr.execute(
                f"EXPLAIN SELECT id FROM crm_deadline_clock WHERE {query} "
                "LIMIT 500 FOR UPDATE SKIP LOCKED"
            )
            plan = "\n".join(line for (line,) in self.env.cr.fetchall())
            self.assertIn(f"crm_deadline_clock_{index}_index", plan)

    def test_clocks_of_a_model_that_is_not_loaded_are_kept(self):
        self.env.cr.execute("UPDATE crm_deadline_clock SET res_model = 'model.gone'")
        self.env.invalidate_all()

        with freeze_time("2026-03-03 08:00"):
            self._sweep()
        done, _remaining = self.env["crm.deadline.clock"]._gc_orphans()

        self.assertEqual((done, self.told), (0, []))
        self.assertEqual(self.clocks.mapped("state"), ["missed"] * 3)

    def test_orphans_are_vacuumed(self):
        self.env["crm.deadline.clock"]._gc_orphans()  # what a cascade elsewhere has left
        self.env.cr.execute("DELETE FROM crm_lead WHERE id = %s", [self.leads[0].id])

        done, remaining = self.env["crm.deadline.clock"]._gc_orphans()

        self.assertEqual((done, remaining), (1, False))
        self.assertEqual(self.clocks.exists(), self.clocks[1:])
        self.assertFalse(
            self.env["crm.deadline.event"].search([("clock_id", "=", self.clocks[0].id)])
        )
