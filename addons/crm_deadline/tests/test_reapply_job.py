from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from .common import DeadlineCase, at

JOB = "odoo.addons.crm_deadline.models.crm_deadline_reapply_job"


class TestReapplyJob(DeadlineCase):
    """More deadlines than anybody would choose from: the job counts them all."""

    def setUp(self):
        super().setUp()
        self.leads = self.env["crm.lead"].create([{"name": str(n)} for n in range(5)])
        self.clocks = self.env["crm.deadline.clock"].concat(
            *(self._start(lead) for lead in self.leads)
        )
        self.deadline_manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.policy.term_amount = 12
        self.old_version = self.clocks.version_id

    def _order(self, **values):
        wizards = self.env["crm.deadline.reapply"].with_user(self.deadline_manager)
        wizards.create({"policy_id": self.policy.id, **values}).action_apply_all()
        return self.env["crm.deadline.reapply.job"].search([], limit=1)

    def _run(self, batch=2, now="2026-03-02 09:00"):
        jobs = self.env.ref("crm_deadline.ir_cron_reapply")
        with patch(f"{JOB}.BATCH", batch), freeze_time(now), self.enter_registry_test_mode():
            jobs.method_direct_trigger()

    def test_all_are_counted_anew_in_batches_and_it_is_on_record(self):
        job = self._order(reason="As agreed")

        self._run()

        self.assertEqual(set(self.clocks.mapped("date_due")), {at("2026-03-03 12:00")})
        self.assertRecordValues(
            job,
            [
                {
                    "user_id": self.deadline_manager.id,
                    "done_count": 5,
                    "late_count": 0,
                    "failed_count": 0,
                    "date_end": at("2026-03-02 09:00"),
                }
            ],
        )
        self.assertLedger(
            self.clocks[0], ("start", "2026-03-02 08:00"), ("reapply", "2026-03-02 09:00")
        )

    def test_a_second_run_does_nothing_more(self):
        job = self._order()
        self._run()

        self._run()

        self.assertEqual(job.done_count, 5)
        self.assertEqual(len(self.clocks.event_ids), 10)

    def test_who_would_be_late_at_once_is_left_unless_asked_for(self):
        self.policy.term_amount = 1
        job = self._order()
        self._run(now="2026-03-02 15:00")
        self.assertEqual((job.done_count, job.late_count), (0, 5))
        self.assertEqual(self.clocks.version_id, self.old_version)

        job = self._order(has_late=True)
        self._run(now="2026-03-02 15:00")

        self.assertEqual((job.done_count, job.late_count), (5, 0))
        self.assertEqual(self.clocks.version_id, self.policy.version_id)

    @mute_logger(JOB)
    def test_one_that_fails_holds_up_no_other(self):
        bad = self.clocks[1]
        apply_version = type(bad)._apply_version

        def fail(clock, *args):
            if clock.id == bad.id:
                raise ValueError("broken")
            return apply_version(clock, *args)

        job = self._order()
        with patch.object(type(bad), "_apply_version", fail):
            self._run()

        self.assertEqual((job.done_count, job.failed_count), (4, 1))
        self.assertEqual(bad.version_id, self.old_version)
        self.assertTrue(job.date_end)

    def test_t1_deadlines_out_of_the_orderers_reach_stay(self):
        self.leads[0].user_id = self.salesman
        self.deadline_manager.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.deadline_manager.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.leads[1:].user_id = self.deadline_manager
        job = self._order()

        self._run()

        self.assertEqual(job.done_count, 4)
        self.assertEqual(self.clocks[0].version_id, self.old_version)

    def test_t14_only_managers_order_it_and_nobody_writes_the_record(self):
        job = self._order()

        with self.assertRaises(AccessError):
            job.with_user(self.deadline_manager).write({"done_count": 0})
        with self.assertRaises(AccessError):
            job.with_user(self.salesman).read(["done_count"])
        with self.assertRaises(AccessError):
            self.env["crm.deadline.reapply.job"].sudo().create({"policy_id": self.policy.id})

    def test_the_statements_of_a_batch_do_not_grow_with_it(self):
        leads = self.env["crm.lead"].create([{"name": str(n)} for n in range(60)])
        for lead in leads:
            self._start(lead)
        self.policy.term_amount = 20
        self.env.flush_all()
        job = self._order()
        counts = []
        for size in (5, 15, 45):
            self.env.invalidate_all()
            with patch(f"{JOB}.BATCH", size), freeze_time("2026-03-02 09:00"):
                before = self.env.cr.sql_log_count
                job._apply_batch()
                self.env.flush_all()
                counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual((job.done_count, job.late_count, job.failed_count), (65, 0, 0), counts)
        self.assertLessEqual(counts[2], counts[1] + 2, counts)
