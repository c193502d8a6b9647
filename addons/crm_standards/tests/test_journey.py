from datetime import datetime

from odoo.tools import SQL

from .stay_common import MONDAY_9, StayCase


class TestJourney(StayCase):
    """Each deal has its path; who kept to the standards is a figure."""

    def test_path_of_a_deal_is_its_stages_in_order(self):
        lead = self.lead()
        self.at(
            lead,
            MONDAY_9,
            (datetime(2026, 3, 3, 9), self.stage_proposal),
            (datetime(2026, 3, 5, 9), self.stage_won),
        )

        self.draw()

        journey = self.journey(lead)
        self.assertEqual(journey.path_id.display_name, "New (S) → Proposal (S) → Won (S)")
        self.assertRecordValues(
            journey,
            [{"outcome": "won", "days": 3.0, "won_percent": 100.0, "is_complete": True}],
        )

    def test_equal_paths_are_one_and_counted(self):
        leads = self.lead() + self.lead()
        for lead in leads:
            lead.stage_id = self.stage_won

        self.draw()

        path = self.journey(leads[0]).path_id
        self.assertEqual(self.journey(leads[1]).path_id, path)
        self.assertEqual(path.frequency, 2)

    def test_losing_is_no_step(self):
        lead = self.lead()
        lead.action_set_lost()

        self.draw()

        self.assertRecordValues(self.journey(lead), [{"outcome": "lost", "won_percent": 0.0}])
        self.assertEqual(self.journey(lead).path_id.display_name, "New (S)")

    def test_deal_that_broke_a_rule_then_in_force_is_not_by_the_standards(self):
        law = self.standard(
            self.rule_vals(
                "transition", self.stage_new, next_stages=self.stage_qualified, strength="record"
            )
        )
        bad, good = self.lead(), self.lead()
        bad.stage_id = self.stage_proposal
        good.stage_id = self.stage_qualified
        self.env.flush_all()
        law.action_retire()

        self.draw()

        self.assertRecordValues(
            self.journey(bad) + self.journey(good),
            [
                {"is_conforming": False, "conforming_percent": 0.0, "finding_count": 1},
                {"is_conforming": True, "conforming_percent": 100.0, "finding_count": 0},
            ],
        )

    def test_deal_older_than_the_log_is_marked(self):
        lead = self.lead()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_transition SET origin = 'baseline' WHERE lead_id = %s", lead.id
            )
        )

        self.draw()

        self.assertFalse(self.journey(lead).is_complete)

    def test_path_of_a_deal_that_wandered_for_years_is_drawn(self):
        lead = self.lead()
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_transition (
                    lead_id, date, stage_from_id, stage_to_id, outcome_to, origin, finding_count)
                SELECT %(lead)s, %(date)s, CASE WHEN n %% 2 = 0 THEN %(a)s ELSE %(b)s END,
                       CASE WHEN n %% 2 = 0 THEN %(b)s ELSE %(a)s END, 'pending', 'person', 0
                  FROM generate_series(1, 3000) AS n RETURNING id
                """,
                lead=lead.id,
                date=MONDAY_9,
                a=self.stage_new.id,
                b=self.stage_qualified.id,
            )
        )

        self.draw()

        self.assertEqual(self.journey(lead).path_id.step_count, 3001)

    def test_lists_grouped_by_path_begin_with_the_usual_one(self):
        for _number in range(3):
            self.lead().stage_id = self.stage_won
        self.lead().stage_id = self.stage_proposal
        self.draw()

        groups = self.env["crm.standard.journey"]._read_group(
            [("team_id", "=", self.team.id)], ["path_id"], ["__count"], order="path_id"
        )

        self.assertEqual([count for _path, count in groups], [3, 1])
