from datetime import datetime

from freezegun import freeze_time

from odoo.tools import SQL

from .common import StandardsCase

MONDAY_9 = datetime(2026, 3, 2, 9)


class TestTimeLimit(StandardsCase):
    """A stage has its time; whoever stays longer is in the register, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Four hours", "term_amount": 4, "term_unit": "calendar_hours"}
        )
        cls.law = cls.standard(
            cls.rule_vals(
                "time_limit",
                cls.stage_new,
                strength="record",
                policy_id=cls.policy.id,
                name="Qualify in time",
            )
        )

    def setUp(self):
        super().setUp()
        self.in_force_since(datetime(2026, 1, 1))

    def in_force_since(self, date):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_rule SET date_in_force = %s WHERE id = %s",
                date,
                self.law.rule_ids.id,
            )
        )
        self.env.invalidate_all()

    def follow(self, at):
        """Run both scheduled jobs as they would run at a given moment."""
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_time_limit_cron_follow_stages"
            ).method_direct_trigger()
            self.env["crm.deadline.clock"].search([]).invalidate_recordset()
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def clock(self, lead):
        return self.env["crm.deadline.clock"].search([("res_id", "=", lead.id)])

    def test_clock_runs_from_the_moment_the_lead_came(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)

        self.follow("2026-03-02 10:00")

        self.assertRecordValues(
            self.clock(lead),
            [
                {
                    "date_start": MONDAY_9,
                    "date_due": datetime(2026, 3, 2, 13),
                    "state": "running",
                    "user_id": self.salesman.id,
                }
            ],
        )

    def test_late_lead_is_registered_once(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)

        for moment in ("2026-03-02 10:00", "2026-03-02 14:00", "2026-03-02 15:00"):
            self.follow(moment)

        self.assertRecordValues(
            self.violations(lead),
            [
                {
                    "name": "Qualify in time",
                    "effect": "late",
                    "stage_to_id": self.stage_new.id,
                    "user_id": self.salesman.id,
                    "occurrence_count": 1,
                }
            ],
        )

    def test_lead_that_left_in_time_is_not_late(self):
        """Even when the jobs run only after the term has passed."""
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")
        lead.stage_id = self.stage_qualified
        self.dated(lead, datetime(2026, 3, 2, 11))

        self.follow("2026-03-02 18:00")

        self.assertFalse(self.violations(lead))
        self.assertRecordValues(
            self.clock(lead), [{"state": "met", "date_end": datetime(2026, 3, 2, 11)}]
        )

    def test_sweep_alone_asks_whether_the_lead_has_left(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")
        lead.stage_id = self.stage_qualified
        self.dated(lead, datetime(2026, 3, 2, 12))

        with freeze_time("2026-03-02 18:00"), self.enter_registry_test_mode():
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

        self.assertFalse(self.violations(lead))
        self.assertEqual(self.clock(lead).state, "met")

    def test_retired_standard_stops_its_clocks(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")

        self.law.action_retire()
        self.follow("2026-03-02 11:00")
        self.follow("2026-03-02 18:00")

        self.assertFalse(self.violations(lead))
        self.assertEqual(self.clock(lead).state, "cancelled")

    def test_coming_back_starts_a_new_clock(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")
        lead.stage_id = self.stage_qualified
        self.dated(lead, datetime(2026, 3, 2, 11))
        self.follow("2026-03-02 12:00")

        lead.stage_id = self.stage_new
        self.dated(lead, datetime(2026, 3, 2, 13))
        self.follow("2026-03-02 14:00")

        self.assertEqual(len(self.clock(lead)), 2)

    def test_time_before_the_rule_is_not_held_against_anybody(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.in_force_since(datetime(2026, 3, 3, 9))

        self.follow("2026-03-03 10:00")

        self.assertRecordValues(
            self.clock(lead), [{"date_start": datetime(2026, 3, 3, 9), "state": "running"}]
        )

    def test_lead_handed_over_too_late_is_charged_to_whom_it_was_late(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")

        lead.sudo().write({"user_id": self.colleague.id, "team_id": self.team.id})
        self.env.flush_all()
        self.follow("2026-03-02 14:00")

        self.assertEqual(self.violations(lead).user_id, self.salesman)

    def test_lost_lead_is_neither_late_nor_in_time(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")
        lead.action_set_lost()
        self.dated(lead, datetime(2026, 3, 2, 11))

        self.follow("2026-03-02 12:00")

        self.assertEqual(self.clock(lead).state, "cancelled")

    def test_rule_that_fails_is_logged_and_stops_no_other(self):
        empty = self.env["resource.calendar"].create({"name": "Never", "attendance_ids": []})
        empty.attendance_ids.unlink()
        never = self.env["crm.deadline.policy"].create(
            {"name": "Never", "term_unit": "working_hours", "calendar_id": empty.id}
        )
        self.standard(
            self.rule_vals(
                "time_limit", self.stage_new, strength="record", policy_id=never.id, sequence=1
            ),
            sequence=1,
        )
        lead = self.lead()
        self.dated(lead, MONDAY_9)

        with self.assertLogs("odoo.addons.crm_standards", "WARNING") as logs:
            self.follow("2026-11-23 10:00")

        self.assertIn("Never", logs.output[0])
        self.assertEqual(len(self.clock(lead)), 1)

    def test_deleted_lead_takes_its_clocks_along(self):
        lead = self.lead()
        self.dated(lead, MONDAY_9)
        self.follow("2026-03-02 10:00")

        lead.sudo().unlink()

        self.assertFalse(self.env["crm.deadline.clock"].search([("res_model", "=", "crm.lead")]))
