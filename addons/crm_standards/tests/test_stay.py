from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tools import SQL

from .stay_common import MONDAY_9, StayCase


class TestStay(StayCase):
    """The log tells how long each deal stood where, in working hours too."""

    def test_a_stay_lasts_from_coming_to_leaving(self):
        lead = self.lead()
        self.at(lead, MONDAY_9, (datetime(2026, 3, 3, 11), self.stage_qualified))

        self.draw()

        self.assertRecordValues(
            self.stays(lead),
            [
                {
                    "stage_id": self.stage_new.id,
                    "next_stage_id": self.stage_qualified.id,
                    "date_from": MONDAY_9,
                    "date_to": datetime(2026, 3, 3, 11),
                    "end": "moved",
                    "user_id": self.salesman.id,
                    "team_id": self.team.id,
                    "calendar_hours": 26.0,
                    "working_hours": 10.0,
                },
                {
                    "stage_id": self.stage_qualified.id,
                    "next_stage_id": False,
                    "date_from": datetime(2026, 3, 3, 11),
                    "date_to": False,
                    "end": False,
                    "user_id": self.salesman.id,
                    "team_id": self.team.id,
                    "calendar_hours": 0.0,
                    "working_hours": 0.0,
                },
            ],
        )

    def test_drawing_twice_changes_nothing(self):
        lead = self.lead()
        self.at(lead, MONDAY_9, (datetime(2026, 3, 3, 11), self.stage_qualified))
        self.draw()
        before = self.stays(lead).read()

        self.draw()

        self.assertEqual(self.stays(lead).read(), before)
        self.assertEqual(len(self.journey(lead)), 1)

    def test_an_open_stay_is_ended_by_a_later_line(self):
        lead = self.lead()
        self.at(lead, MONDAY_9)
        self.draw()

        lead.stage_id = self.stage_won
        self.dated(lead, datetime(2026, 3, 2, 17))
        self.draw()

        self.assertRecordValues(self.stays(lead), [{"end": "won", "working_hours": 8.0}])

    def test_a_lost_deal_stands_nowhere_until_it_is_restored(self):
        lead = self.lead()
        self.at(lead, MONDAY_9)
        lead.action_set_lost()
        self.dated(lead, datetime(2026, 3, 2, 10))
        lead.action_unarchive()
        self.dated(lead, datetime(2026, 3, 4, 9))

        self.draw()

        self.assertRecordValues(
            self.stays(lead),
            [
                {"date_from": MONDAY_9, "end": "lost", "working_hours": 1.0},
                {"date_from": datetime(2026, 3, 4, 9), "end": False, "working_hours": 0.0},
            ],
        )

    def test_a_deleted_deal_stays_nowhere(self):
        lead = self.lead()
        self.at(lead, MONDAY_9)
        self.draw()
        stay = self.stays(lead)

        lead.sudo().unlink()
        with freeze_time("2026-03-02 12:00"):
            self.draw()

        self.assertRecordValues(stay, [{"end": "gone", "lead_id": False, "working_hours": 3.0}])

    def test_time_so_far_is_shown_and_not_stored(self):
        lead = self.lead()
        self.at(lead, MONDAY_9)
        self.draw()
        stay = self.stays(lead)

        with freeze_time("2026-03-03 10:00"):
            self.assertEqual(stay.hours_so_far, 9.0)
        stay.invalidate_recordset()
        with freeze_time("2026-03-04 10:00"):
            self.assertEqual(stay.hours_so_far, 17.0)

    def test_time_over_the_limit_is_lost_time(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "Four hours", "term_amount": 4, "term_unit": "working_hours"}
        )
        law = self.standard(
            self.rule_vals("time_limit", self.stage_new, strength="record", policy_id=policy.id)
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_rule SET date_in_force = '2026-01-01' WHERE id = %s",
                law.rule_ids.id,
            )
        )
        self.env.invalidate_all()
        slow, quick, elsewhere = self.lead(), self.lead(), self.lead(team_id=self.other_team.id)
        for lead, hour in ((slow, 15), (quick, 12)):
            self.at(lead, MONDAY_9, (datetime(2026, 3, 2, hour), self.stage_qualified))

        self.draw()

        self.assertRecordValues(
            self.stays(slow)[0],
            [{"date_due": datetime(2026, 3, 2, 13), "lost_hours": 2.0, "late_percent": 100.0}],
        )
        self.assertRecordValues(self.stays(quick)[0], [{"lost_hours": 0.0, "late_percent": 0.0}])
        self.assertFalse(self.stays(elsewhere).date_due)

    def test_median_of_a_stage_is_in_the_pivot(self):
        for hours in (1, 2, 7):
            lead = self.lead()
            self.at(lead, MONDAY_9, (datetime(2026, 3, 2, 9 + hours), self.stage_qualified))
        self.draw()

        rows = self.env["crm.standard.stay"].formatted_read_group(
            [("stage_id", "=", self.stage_new.id)],
            ["stage_id"],
            ["working_hours_median:median", "working_hours:avg", "spent_hours:sum"],
        )

        self.assertEqual(rows[0]["working_hours_median:median"], 2.0)
        self.assertAlmostEqual(rows[0]["working_hours:avg"], 10 / 3)
        self.assertEqual(rows[0]["spent_hours:sum"], 10.0)

    def test_median_is_offered_as_a_measure(self):
        description = self.env["crm.standard.stay"].fields_get(["working_hours_median"])

        self.assertEqual(description["working_hours_median"]["aggregator"], "median")

    def test_t18_line_of_a_transaction_that_took_long_is_drawn_later(self):
        """Its id is lower than ids that were drawn already."""
        slow = self.lead()
        self.at(slow, MONDAY_9)
        line = self.env["crm.standard.transition"].search([("lead_id", "=", slow.id)])
        quick = self.lead()
        self.at(quick, datetime(2026, 3, 2, 10))
        self.draw()
        self.env.cr.execute(SQL("DELETE FROM crm_standard_stay WHERE lead_id = %s", slow.id))
        self.assertLess(line.id, self.stays(quick).transition_id.id)

        self.draw()

        self.assertEqual(self.stays(slow).transition_id, line)

    def test_company_without_working_hours_stops_no_drawing(self):
        self.calendar.attendance_ids.unlink()
        lead = self.lead()
        self.at(lead, MONDAY_9, (datetime(2026, 3, 3, 11), self.stage_qualified))

        self.draw()

        self.assertRecordValues(
            self.stays(lead)[0], [{"calendar_hours": 26.0, "working_hours": 0.0}]
        )

    def test_nobody_writes_stays(self):
        lead = self.lead()
        self.draw()

        for model in ("crm.standard.stay", "crm.standard.journey", "crm.standard.path"):
            record = self.env[model].search([], limit=1).sudo()
            with self.assertRaises(AccessError):
                record.write({"id": record.id})
            with self.assertRaises(AccessError):
                record.unlink()
        self.assertTrue(self.stays(lead))

    def test_drawing_a_batch_takes_the_same_statements_whatever_its_size(self):
        self.lead()
        self.draw()
        stays = self.env["crm.standard.stay"]

        def count(number):
            last = self.env["crm.standard.transition"].search([], limit=1).id
            for _number in range(number):
                self.lead().stage_id = self.stage_qualified
            self.env.flush_all()
            self.env.invalidate_all()
            new = self.env["crm.standard.transition"].search([], limit=1).id
            before = self.env.cr.sql_log_count
            stays._draw(last, new)
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(2), count(30)

        self.assertLessEqual(many, few)
