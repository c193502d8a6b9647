from datetime import datetime

from freezegun import freeze_time

from odoo.tools import SQL

from .stay_common import MONDAY_9, StayCase


@freeze_time("2026-03-06 12:00")
class TestDryRunTimeLimit(StayCase):
    """Time limits are tried on the stays of the past, by the calendar of the deadline."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "One day", "term_amount": 1, "term_unit": "working_days"}
        )
        cls.law = cls.standard(
            cls.rule_vals(
                "time_limit",
                cls.stage_new,
                strength="record",
                policy_id=cls.policy.id,
                name="Be quick",
            )
        )
        cls.law.action_back_to_draft()

    def try_on(self):
        self.draw()
        runs = self.env["crm.standard.dry.run"].with_user(self.controller)
        return runs._try(self.law, self.law.rule_ids, 30)

    def test_stays_over_the_limit_are_found(self):
        late, in_time = self.lead(name="Late"), self.lead(name="In time")
        self.at(late, MONDAY_9, (datetime(2026, 3, 4, 9), self.stage_qualified))
        self.at(in_time, MONDAY_9, (datetime(2026, 3, 3, 17), self.stage_qualified))

        run = self.try_on()

        self.assertRecordValues(run, [{"late_count": 1, "stopped_count": 0}])
        self.assertRecordValues(
            run.line_ids,
            [
                {
                    "lead_name": "Late",
                    "effect": "late",
                    "date": MONDAY_9,
                    "stage_from_id": self.stage_new.id,
                    "stage_to_id": self.stage_qualified.id,
                    "user_id": self.salesman.id,
                }
            ],
        )
        self.assertRecordValues(
            run.total_ids, [{"user_id": self.salesman.id, "finding_count": 1, "effect": "late"}]
        )

    def test_a_deal_that_stands_there_still_counts_with_its_time_so_far(self):
        lead = self.lead()
        self.at(lead, MONDAY_9)

        self.assertEqual(self.try_on().line_ids.lead_id, lead)

    def test_stays_in_other_stages_and_teams_do_not_count(self):
        elsewhere, other = self.lead(stage_id=self.stage_proposal.id), self.lead()
        self.at(elsewhere, MONDAY_9)
        self.at(other, MONDAY_9)
        other.sudo().team_id = self.other_team
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_transition SET team_id = %s WHERE lead_id = %s",
                self.other_team.id,
                other.id,
            )
        )

        self.assertEqual(self.try_on().late_count, 0)

    def test_calendar_without_hours_is_named_and_stops_no_other_rule(self):
        empty = self.env["resource.calendar"].create({"name": "Never"})
        empty.attendance_ids.unlink()
        self.policy.write({"calendar_id": empty.id})
        self.at(self.lead(), MONDAY_9)

        run = self.try_on()

        self.assertEqual(run.late_count, 0)
        self.assertIn("“Be quick” was not tried", run.note)
        self.assertIn("Never", run.note)
