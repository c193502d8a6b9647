from datetime import timedelta

from freezegun import freeze_time

from odoo.tools import SQL

from .dry_run_common import NOW, DryRunCase


@freeze_time(NOW + timedelta(hours=1))
class TestDryRun(DryRunCase):
    """A standard is tried on the moves of the past before it stops anybody."""

    def test_moves_it_would_have_stopped_are_counted_and_listed(self):
        law = self.draft(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
        )
        good, bad = self.deal(name="Good"), self.deal(name="Bad")
        self.line(good, self.stage_new, self.stage_qualified)
        wrong = self.line(bad, self.stage_new, self.stage_proposal, actor_id=self.leader.id)

        run = self.try_on(law)

        self.assertRecordValues(
            run, [{"move_count": 2, "stopped_count": 1, "recorded_count": 0, "unsure_count": 0}]
        )
        self.assertRecordValues(
            run.line_ids,
            [
                {
                    "transition_id": wrong,
                    "lead_id": bad.id,
                    "stage_from_id": self.stage_new.id,
                    "stage_to_id": self.stage_proposal.id,
                    "user_id": self.salesman.id,
                    "actor_id": self.leader.id,
                    "effect": "stopped",
                }
            ],
        )

    def test_nothing_is_registered_and_nobody_stopped(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        lead = self.deal()
        self.line(lead, self.env["crm.stage"], self.stage_proposal)

        self.try_on(law)

        self.assertFalse(self.violations(lead))

    def test_empty_fields_are_those_of_the_move_not_of_today(self):
        law = self.draft(self.rule_vals("enter", self.stage_qualified, ["partner_id", "phone"]))
        filled_since = self.deal(partner_id=self.customer.id, phone="1")
        emptied_since = self.deal()
        self.line(filled_since, self.stage_new, self.stage_qualified, empty=["partner_id"])
        self.line(emptied_since, self.stage_new, self.stage_qualified, empty=["website"])

        run = self.try_on(law)

        self.assertRecordValues(
            run.line_ids, [{"lead_id": filled_since.id, "missing": "Contact", "is_unsure": False}]
        )

    def test_log_knows_what_was_empty(self):
        self.draft(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.lead(phone="1")

        lead.write({"stage_id": self.stage_qualified.id, "website": "www.example.com"})

        last = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertIn("partner_id", last.empty_fields)
        self.assertNotIn("phone", last.empty_fields)
        self.assertNotIn("website", last.empty_fields)
        self.assertEqual(last.lead_type, "opportunity")

    def test_older_lines_are_judged_by_today_and_counted_apart(self):
        law = self.draft(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead, known = self.deal(), self.deal()
        self.line(lead, self.stage_new, self.stage_qualified, empty=None)
        self.line(known, self.stage_new, self.stage_qualified, empty=["partner_id"])

        run = self.try_on(law)

        self.assertRecordValues(run, [{"stopped_count": 2, "unsure_count": 1}])
        unsure = run.line_ids.filtered("is_unsure")
        self.assertRecordValues(unsure, [{"lead_id": lead.id, "missing": "Contact"}])
        self.assertIn("not exactly known", run.note)

    def test_deleted_deal_of_an_older_line_is_not_accused(self):
        law = self.draft(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        lead = self.deal()
        self.line(lead, self.stage_new, self.stage_qualified, empty=None)
        lead.sudo().unlink()

        run = self.try_on(law)

        self.assertRecordValues(run, [{"stopped_count": 0, "unsure_count": 1}])

    def test_won_deals_are_told_apart(self):
        law = self.draft(
            self.rule_vals("transition", self.stage_new, next_stages=self.stage_qualified)
        )
        won, lost, kept = self.deal(), self.deal(), self.deal()
        for lead in (won, lost):
            self.line(lead, self.stage_new, self.stage_proposal)
        self.line(kept, self.stage_new, self.stage_qualified)
        (won | kept).stage_id = self.stage_won
        lost.action_set_lost()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "DELETE FROM crm_standard_transition WHERE lead_id = ANY(%s) AND date > %s",
                (won | lost | kept).ids,
                NOW,
            )
        )

        run = self.try_on(law)

        self.assertRecordValues(
            run,
            [
                {
                    "stopped_deal_count": 2,
                    "stopped_won_count": 1,
                    "broken_won_percent": 50.0,
                    "kept_won_percent": 100.0,
                }
            ],
        )

    def test_only_moves_of_the_period_are_tried(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        lead = self.deal()
        self.line(lead, self.env["crm.stage"], self.stage_proposal, date=NOW - timedelta(days=31))

        self.assertEqual(self.try_on(law, days=30).move_count, 0)
        self.assertEqual(self.try_on(law, days=32).stopped_count, 1)

    def test_a_move_counts_once_by_its_strictest_rule(self):
        law = self.draft(
            self.rule_vals("leave", self.stage_new, ["phone"], strength="record"),
            self.rule_vals("enter", self.stage_qualified, ["partner_id"]),
        )
        self.line(self.deal(), self.stage_new, self.stage_qualified, empty=["phone", "partner_id"])

        run = self.try_on(law)

        self.assertRecordValues(run, [{"stopped_count": 1, "recorded_count": 0}])
        self.assertEqual(len(run.line_ids), 2)

    def test_totals_are_by_rule_team_and_person(self):
        law = self.draft(self.rule_vals("begin", self.stage_new, strength="record"))
        birth = self.env["crm.stage"], self.stage_proposal
        for user in (self.salesman, self.salesman, self.colleague):
            self.line(self.deal(), *birth, user_id=user.id)

        run = self.try_on(law)

        self.assertRecordValues(
            run.total_ids,
            [
                {"user_id": self.salesman.id, "team_id": self.team.id, "finding_count": 2},
                {"user_id": self.colleague.id, "team_id": self.team.id, "finding_count": 1},
            ],
        )

    def test_condition_is_asked_of_the_deals_as_they_are_today(self):
        law = self.draft(
            self.rule_vals("begin", self.stage_new, domain="[('expected_revenue', '>', 100)]")
        )
        big, small = self.deal(expected_revenue=500), self.deal(expected_revenue=5)
        for lead in (big, small):
            self.line(lead, self.env["crm.stage"], self.stage_proposal)

        run = self.try_on(law)

        self.assertEqual(run.line_ids.lead_id, big)
        self.assertIn("as they are today", run.note)

    def test_standard_speaks_to_its_teams_only(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        lead = self.deal()
        self.line(lead, self.env["crm.stage"], self.stage_proposal, team_id=self.other_team.id)

        self.assertEqual(self.try_on(law).stopped_count, 0)

    def test_broken_rule_is_named_and_stops_no_other(self):
        law = self.draft(
            self.rule_vals("begin", self.stage_new, name="Sound"),
            self.rule_vals("enter", self.stage_new, ["phone"], name="Sick"),
        )
        sick = law.rule_ids.filtered(lambda rule: rule.name == "Sick")
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_standard_rule SET domain = '[(' WHERE id = %s", sick.id)
        )
        self.env.invalidate_all()
        self.line(self.deal(), self.env["crm.stage"], self.stage_proposal)

        run = self.try_on(law)

        self.assertEqual(run.stopped_count, 1)
        self.assertIn("“Sick” was not tried", run.note)

    def test_what_history_does_not_keep_is_named_instead_of_guessed(self):
        law = self.draft(
            self.rule_vals("enter", self.stage_qualified, ["phone"], name="Call and approve")
        )
        self.patch(
            self.env.registry["crm.standard.rule"],
            "_get_unprovable_demands",
            lambda _rule: ["approval by the leader"],
        )
        self.line(self.deal(), self.stage_new, self.stage_qualified, empty=["phone"])

        run = self.try_on(law)

        self.assertEqual(run.stopped_count, 1)
        self.assertIn("Of “Call and approve” only the fields were tried", run.note)
        self.assertIn("approval by the leader", run.note)

    def test_list_is_limited_and_totals_are_not(self):
        law = self.draft(self.rule_vals("begin", self.stage_new))
        lead = self.deal()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_transition (
                    lead_id, date, stage_to_id, outcome_to, team_id, origin, empty_fields)
                SELECT %s, %s, %s, 'pending', %s, 'person', '[]'::jsonb
                  FROM generate_series(1, 1200) RETURNING id
                """,
                lead.id,
                NOW,
                self.stage_proposal.id,
                self.team.id,
            )
        )

        run = self.try_on(law)

        self.assertEqual(len(run.line_ids), 1000)
        self.assertEqual(run.finding_count, 1200)
        self.assertEqual(run.stopped_count, 1200)

    def test_number_of_statements_does_not_depend_on_the_moves(self):
        law = self.draft(
            self.rule_vals("begin", self.stage_new),
            self.rule_vals("enter", self.stage_proposal, ["phone"], strength="record"),
        )
        self.line(self.deal(), self.env["crm.stage"], self.stage_proposal, empty=["phone"])
        self.try_on(law)

        def count():
            before = self.env.cr.sql_log_count
            self.try_on(law)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few = count()
        for _number in range(50):
            self.line(self.deal(), self.env["crm.stage"], self.stage_proposal, empty=["phone"])
        self.env.flush_all()
        many = count()

        self.assertLessEqual(many, few)
