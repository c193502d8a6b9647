import json
from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

from .loss_common import LossCase


class TestLoss(LossCase):
    """Nobody loses a deal without an explanation, whatever path he takes."""

    def test_person_is_refused_on_every_path(self):
        self.law()

        for deed in (
            lambda lead: lead.action_set_lost(),
            lambda lead: lead.write({"active": False, "probability": 0}),
            lambda lead: (lead.write({"probability": 0}), lead.action_archive()),
            lambda lead: lead.load(
                ["id", "active", "probability"], [[f"__export__.l{lead.id}", "False", "0"]]
            ),
            lambda lead: lead.with_context(mail_notrack=True, install_mode=True).write(
                {"active": False, "probability": 0}
            ),
            lambda lead: lead.create(
                {
                    "name": "born lost",
                    "team_id": self.team.id,
                    "active": False,
                    "probability": 0,
                    "stage_id": self.stage_new.id,
                }
            ),
            lambda lead: (
                self.env["crm.lead.lost"]
                .with_user(self.salesman)
                .create({"lead_ids": [Command.set(lead.ids)]})
                .action_lost_reason_apply()
            ),
        ):
            lead = self.lead(expected_revenue=100)
            self.env["ir.model.data"].create(
                {
                    "module": "__export__",
                    "name": f"l{lead.id}",
                    "model": "crm.lead",
                    "res_id": lead.id,
                }
            )
            with self.subTest(lead=lead.id):
                refused = ""
                try:
                    with self.env.cr.savepoint():
                        result = deed(lead)
                    if isinstance(result, dict):  # import says it in its messages
                        refused = json.dumps(result["messages"])
                except ValidationError as error:
                    refused = str(error)
                self.assertIn("fill in Lost Reason", refused.replace("\\u201c", ""))
                self.env.invalidate_all()
                self.assertEqual(lead.won_status, "pending")

    def test_reason_given_the_deal_is_lost_and_dated(self):
        self.law()
        lead = self.lead()

        lead.action_set_lost(lost_reason_id=self.too_dear.id)
        self.env.flush_all()

        self.assertEqual(lead.won_status, "lost")
        self.assertTrue(lead.date_lost)

    def test_deal_of_probability_zero_is_lost_with_its_reason(self):
        self.law()
        lead = self.lead(probability=0)

        lead.action_set_lost(lost_reason_id=self.too_dear.id)

        self.assertEqual(lead.won_status, "lost")

    def test_restored_deal_has_no_date_of_loss(self):
        lead = self.lead()
        lead.action_set_lost()
        self.env.flush_all()
        self.assertTrue(lead.date_lost)

        lead.action_restore()
        self.env.flush_all()

        self.assertFalse(lead.date_lost)

    def test_competitor_and_price_are_asked_where_a_rival_was_chosen(self):
        self.law(
            {},
            {
                "name": "Who and how much",
                "reason_ids": [Command.set(self.rival.ids)],
                "is_competitor_needed": True,
                "is_price_needed": True,
            },
        )
        self.lead().action_set_lost(lost_reason_id=self.too_dear.id)

        with self.assertRaisesRegex(ValidationError, "Lost to, Competitor's Price"):
            self.lead().action_set_lost(lost_reason_id=self.rival.id)
        lead = self.lead(expected_revenue=200)
        lead.action_set_lost(
            lost_reason_id=self.rival.id, lost_competitor_id=self.competitor.id, lost_price=150
        )

        self.assertEqual(lead.lost_price_gap_percent, 25)
        self.assertEqual(self.competitor.lost_count, 1)

    def test_explanation_cannot_be_taken_away_afterwards(self):
        self.law()
        lead = self.lead()
        lead.action_set_lost(lost_reason_id=self.too_dear.id)

        with self.assertRaises(ValidationError):
            lead.lost_reason_id = False
        lead.lost_reason_id = self.rival

        self.assertEqual(lead.lost_reason_id, self.rival)

    def test_machine_loses_nothing_and_the_register_says_what_is_missing(self):
        self.law()
        lead = self.lead()

        with self.machine():
            lead.action_set_lost()

        self.assertEqual(lead.won_status, "lost")
        self.assertRecordValues(
            self.breaches(lead),
            [{"kind": "loss", "missing": "Lost Reason", "user_id": self.salesman.id}],
        )
        self.assertEqual(lead.lost_missing, "Lost Reason")

    def test_recording_rule_lets_the_deal_be_lost(self):
        self.law({"strength": "record"})
        lead = self.lead()

        lead.action_set_lost()

        self.assertEqual(self.breaches(lead).missing, "Lost Reason")

    def test_advice_is_shown_only(self):
        self.law({"strength": "advise"})
        lead = self.lead()

        lead.action_set_lost()

        self.assertFalse(self.breaches(lead))
        self.assertEqual(lead.lost_missing, "Lost Reason")

    def test_loss_from_before_the_rule_is_left_alone(self):
        lead = self.lead()
        lead.action_set_lost()
        self.law()

        lead.lost_note = "They moved away."

        self.assertFalse(self.breaches(lead))

    def test_other_teams_are_not_asked(self):
        self.law()
        lead = self.lead(team_id=self.other_team.id, stage_id=self.stage_other.id)

        lead.action_set_lost()

        self.assertEqual(lead.won_status, "lost")

    def test_draft_asks_nothing(self):
        self.law().action_back_to_draft()
        lead = self.lead()

        lead.action_set_lost()

        self.assertEqual(lead.won_status, "lost")

    def test_date_of_loss_is_nobodys_to_write(self):
        lead = self.lead()

        for value in ("2020-01-01 00:00:00", False):
            with self.assertRaises(AccessError):
                lead.date_lost = value
        with self.assertRaises(AccessError):
            self.lead(date_lost="2020-01-01 00:00:00")

    def test_deals_lost_before_the_installation_are_dated(self):
        lead = self.lead()
        lead.action_set_lost()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET date_lost = NULL, date_closed = '2025-05-05' WHERE id = %s",
            (lead.id,),
        )
        self.env.invalidate_all()

        self.env["crm.lead"]._date_old_losses()

        self.assertEqual(lead.date_lost, datetime(2025, 5, 5))

    def test_mass_loss_costs_no_more_statements_for_more_deals(self):
        self.law()
        few = self.env["crm.lead"].create([self._deal() for _n in range(3)])
        many = self.env["crm.lead"].create([self._deal() for _n in range(60)])
        self.env["crm.lead"].create([self._deal()]).action_set_lost(lost_reason_id=self.rival.id)
        counts = []
        for leads in (few, many):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["crm.standard.loss"]._judge(leads.sudo())
            counts.append(self.env.cr.sql_log_count - before)

        self.assertLessEqual(counts[1], counts[0])

    def _deal(self):
        return {"name": "x", "team_id": self.team.id, "stage_id": self.stage_new.id}

    def test_rule_that_asks_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "choose what has to be said"):
            self.law({"is_reason_needed": False})


@freeze_time("2026-06-01 12:00:00")
class TestLossDate(LossCase):
    """The date of the loss is that of the log."""

    def test_date_is_the_moment_it_was_lost(self):
        lead = self.lead()

        lead.action_set_lost()
        self.env.flush_all()

        line = self.env["crm.standard.transition"].search([("lead_id", "=", lead.id)], limit=1)
        self.assertEqual(line.outcome_to, "lost")
        self.assertEqual(lead.date_lost, line.date)
