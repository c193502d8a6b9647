from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import StandardsCase


class HandoverCase(StandardsCase):
    """A salesman with work in his hands: leads, a task, a meeting and a contact."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team.member"].create({"crm_team_id": cls.team.id, "user_id": cls.colleague.id})
        cls.deal = cls.lead(name="Big Deal", partner_id=cls.customer.id)
        cls.task = cls.deal.sudo().activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=fields.Date.today() + timedelta(days=3),
            user_id=cls.salesman.id,
        )
        cls.meeting = (
            cls.env["calendar.event"]
            .with_context(no_mail_to_attendees=True, dont_notify=True)
            .create(
                {
                    "name": "Visit",
                    "start": fields.Datetime.now() + timedelta(days=5),
                    "stop": fields.Datetime.now() + timedelta(days=5, hours=1),
                    "user_id": cls.salesman.id,
                    "partner_ids": [Command.set(cls.salesman.partner_id.ids)],
                    "res_model_id": cls.env["ir.model"]._get_id("crm.lead"),
                    "res_id": cls.deal.id,
                }
            )
        )
        cls.customer.user_id = cls.salesman

    @classmethod
    def lead(cls, **values):
        """Create a lead of the salesman, seen by the tests with all rights."""
        return super().lead(**values).with_env(cls.env)

    @classmethod
    def handover(cls, user=None, receivers=None, **values):
        """Prepare a hand-over of the salesman's work to the colleague, by the salesman himself."""
        receivers = cls.colleague if receivers is None else receivers
        return (
            cls.env["crm.standard.handover"]
            .with_user(user or cls.salesman)
            .create(
                {
                    "giver_id": cls.salesman.id,
                    "reason": "leaving",
                    "receiver_ids": [Command.set(receivers.ids)],
                    **values,
                }
            )
        )

    @classmethod
    def handed_over(cls, **values):
        """Hand the salesman's work over to the colleague, who accepts."""
        handover = cls.handover(**values)
        handover.action_offer()
        handover.with_user(cls.colleague).action_accept()
        return handover.sudo()

    def line(self, handover, record):
        """Return the line about a record."""
        return handover.sudo().line_ids.filtered(
            lambda line: (line.res_model, line.res_id) == (record._name, record.id)
        )


@tagged("post_install", "-at_install")
class TestHandover(HandoverCase):
    """Work passes on completely, by consent, provably, and can come back."""

    def test_preview_lists_everything_and_changes_nothing(self):
        handover = self.handover()

        handover.action_preview()

        for record in (self.deal, self.task, self.meeting, self.customer):
            with self.subTest(record._name):
                line = self.line(handover, record)
                self.assertRecordValues(
                    line, [{"state": "planned", "receiver_id": self.colleague.id}]
                )
                self.assertEqual(record.user_id, self.salesman)
        self.assertEqual(handover.line_count, len(handover.line_ids))
        self.assertEqual(handover.state, "draft")

    def test_nothing_moves_before_the_receiver_accepts(self):
        handover = self.handover()

        handover.action_offer()

        self.assertEqual(handover.state, "offered")
        self.assertEqual(self.deal.user_id, self.salesman)
        asked = handover.sudo().activity_ids
        self.assertEqual(asked.user_id, self.colleague)

    def test_everything_moves_when_he_accepts(self):
        handover = self.handed_over()

        self.assertEqual(handover.state, "done")
        for record in (self.deal, self.task, self.meeting, self.customer):
            with self.subTest(record._name):
                self.assertEqual(record.user_id, self.colleague)
                self.assertEqual(self.line(handover, record).state, "moved")

    def test_dates_promised_are_kept(self):
        start, due = self.meeting.start, self.task.date_deadline

        self.handed_over()

        self.assertEqual((self.meeting.start, self.task.date_deadline), (start, due))
        self.assertIn(self.colleague.partner_id, self.meeting.partner_ids)
        self.assertNotIn(self.salesman.partner_id, self.meeting.partner_ids)

    def test_lead_goes_on_from_where_it_stands(self):
        self.env["crm.team.member"].search([("user_id", "=", self.colleague.id)]).unlink()
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.colleague.id}
        )
        self.deal.stage_id = self.stage_qualified

        self.handed_over()

        self.assertRecordValues(
            self.deal, [{"team_id": self.team.id, "stage_id": self.stage_qualified.id}]
        )

    def test_running_deadline_keeps_its_date_and_gets_a_new_person(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "A day", "term_amount": 1, "term_unit": "calendar_days"}
        )
        clock = self.deal.sudo()._deadline_start(policy, "call").sudo()
        due = clock.date_due

        self.handed_over()

        self.assertRecordValues(
            clock, [{"user_id": self.colleague.id, "date_due": due, "state": "running"}]
        )

    def test_no_message_on_each_lead_but_one_note_in_the_register(self):
        before = len(self.deal.sudo().message_ids)

        handover = self.handed_over()

        self.assertEqual(len(self.deal.sudo().message_ids), before)
        self.assertIn("Handed over", handover.message_ids[0].body)
        self.assertIn(self.colleague.partner_id, self.deal.sudo().message_partner_ids)
        self.assertNotIn(self.salesman.partner_id, self.deal.sudo().message_partner_ids)

    def test_declined_work_stays_and_the_asker_is_told_why(self):
        handover = self.handover()
        handover.action_offer()

        self.env["crm.standard.handover.reason"].with_user(self.colleague).create(
            {"handover_id": handover.id, "deed": "decline", "reason": "I am away, too"}
        ).action_confirm()

        self.assertEqual(handover.state, "declined")
        self.assertEqual(self.deal.user_id, self.salesman)
        self.assertIn("I am away, too", handover.sudo().activity_ids.summary)

    def test_declined_work_can_be_offered_to_somebody_else(self):
        handover = self.handover()
        handover.action_offer()
        handover.with_user(self.colleague)._decline("no")

        handover.action_draft()
        handover.receiver_ids = self.leader
        handover.action_offer()
        handover.with_user(self.leader).action_accept()

        self.assertEqual(self.deal.user_id, self.leader)

    def test_each_of_several_receivers_answers_for_his_part(self):
        other = self.lead(name="Other Deal")
        handover = self.handover(receivers=self.colleague + self.leader, rule="turn")
        handover.action_offer()
        parts = {
            user: self.line(handover, lead)
            for lead in (self.deal, other)
            for user in self.line(handover, lead).receiver_id
        }
        self.assertEqual(len(parts), 2)

        handover.with_user(self.colleague).action_accept()
        self.assertEqual(handover.state, "offered")
        handover.with_user(self.leader)._decline("no time")

        self.assertEqual(handover.state, "done")
        self.assertEqual(parts[self.colleague].state, "moved")
        self.assertEqual(parts[self.leader].state, "skipped")

    def two_receivers(self):
        """Offer the work to two people; the colleague has accepted his part already."""
        self.lead(name="Other Deal")
        handover = self.handover(receivers=self.colleague + self.leader, rule="turn")
        handover.action_offer()
        handover.with_user(self.colleague).action_accept()
        self.assertEqual(handover.state, "offered")
        return handover

    def test_accepted_part_is_not_declined_afterwards(self):
        handover = self.two_receivers()

        with self.assertRaisesRegex(UserError, "has answered already"):
            handover.with_user(self.colleague)._decline("changed my mind")

        mine = handover.sudo().line_ids.filtered(lambda x: x.receiver_id == self.colleague)
        self.assertEqual(set(mine.mapped("state")), {"moved"})

    def test_offer_that_somebody_accepted_is_not_cancelled(self):
        handover = self.two_receivers()

        with self.assertRaisesRegex(UserError, "Some have accepted already"):
            handover._cancel("a mistake")

        self.assertEqual(handover.state, "offered")

    def test_line_taken_out_stays_with_the_giver(self):
        handover = self.handover()
        handover.action_preview()
        self.line(handover, self.deal).with_user(self.salesman).action_skip()

        handover.action_offer()
        handover.with_user(self.colleague).action_accept()

        self.assertEqual(self.deal.user_id, self.salesman)
        self.assertEqual(self.customer.user_id, self.colleague)

    def test_controller_orders_at_once_with_a_reason(self):
        handover = self.handover(user=self.controller)

        handover._order_now("He left this morning")

        self.assertRecordValues(
            handover, [{"state": "done", "order_reason": "He left this morning"}]
        )
        self.assertEqual(self.deal.user_id, self.colleague)

    def test_only_a_controller_orders(self):
        handover = self.handover()

        with self.assertRaises(AccessError):
            handover._order_now("because")

    @mute_logger("odoo.addons.crm_standards.models.handover.crm_standard_handover_line_carry")
    def test_one_bad_record_stops_no_other(self):
        other = self.lead(name="Bad Deal")
        write = type(self.env["crm.lead"]).write

        def refuse(leads, vals):
            if "user_id" in vals and other in leads:
                raise ValueError("This one is locked")
            return write(leads, vals)

        with patch.object(type(self.env["crm.lead"]), "write", refuse):
            handover = self.handed_over()

        line = self.line(handover, other)
        self.assertEqual(line.state, "failed")
        self.assertIn("technical error", line.note)
        self.assertEqual(self.deal.user_id, self.colleague)
        self.assertEqual(handover.state, "done")

    def test_gate_of_standards_is_not_passed_by(self):
        self.standard(
            self.rule_vals("enter", self.stage_new, ["user_id"], name="Nobody takes it")
            | {"is_invariant": True, "domain": f"[('user_id', '!=', {self.salesman.id})]"},
            self.rule_vals(
                "enter",
                self.stage_new,
                ["expected_revenue"],
                name="Know the money",
                domain=f"[('user_id', '=', {self.colleague.id})]",
                is_invariant=True,
            ),
        )

        handover = self.handed_over()

        self.assertEqual(self.line(handover, self.deal).state, "failed")
        self.assertIn("Know the money", self.line(handover, self.deal).note)

    def test_what_belongs_to_somebody_else_meanwhile_is_left_alone(self):
        handover = self.handover()
        handover.action_offer()
        self.deal.sudo().user_id = self.leader

        handover.with_user(self.colleague).action_accept()

        self.assertEqual(self.deal.user_id, self.leader)
        self.assertEqual(self.line(handover, self.deal).state, "kept")

    def test_receiver_who_could_not_see_it_does_not_get_it(self):
        (blind,) = self._make_users(("std_blind", "Bob Blind", "base.group_user"))
        handover = self.handover(user=self.controller, receivers=blind)
        handover.action_preview()
        self.assertIn("Bob Blind", self.line(handover, self.deal).note)

        handover._order_now("test")

        self.assertEqual(self.line(handover, self.deal).state, "failed")
        self.assertEqual(self.deal.user_id, self.salesman)

    def test_taken_back_is_what_is_still_in_the_receivers_hands(self):
        other = self.lead(name="Passed on")
        handover = self.handed_over(
            reason="absence", date_until=fields.Date.today() + timedelta(days=7)
        )
        other.sudo().user_id = self.leader

        handover.with_user(self.salesman).action_take_back()

        self.assertEqual(handover.state, "returned")
        self.assertEqual(self.deal.user_id, self.salesman)
        self.assertEqual(self.meeting.user_id, self.salesman)
        self.assertEqual(other.user_id, self.leader)
        self.assertEqual(self.line(handover, other).state, "kept")
        self.assertEqual(self.line(handover, self.deal).state, "returned")

    def test_after_its_term_nothing_is_taken_back(self):
        handover = self.handed_over()
        handover._write_fact({"date_take_back": fields.Date.today() - timedelta(days=1)})

        with self.assertRaisesRegex(UserError, "could be taken back until"):
            handover.with_user(self.salesman).action_take_back()

    def test_end_of_absence_offers_the_work_back_once(self):
        handover = self.handed_over(reason="absence", date_until=fields.Date.today())
        handover._write_fact({"date_until": fields.Date.today() - timedelta(days=1)})

        self.run_cron("crm_standard_handover_cron_follow_up")
        self.run_cron("crm_standard_handover_cron_follow_up")

        self.assertEqual(handover.activity_ids.mapped("user_id"), self.salesman)
        self.assertEqual(len(handover.activity_ids), 1)

    def test_private_meetings_stay_private(self):
        self.meeting.privacy = "private"
        handover = self.handover(user=self.controller)

        handover.action_preview()

        self.assertFalse(self.line(handover, self.meeting))

    def test_led_team_is_proposed_and_not_moved(self):
        self.other_team.user_id = self.salesman

        handover = self.handed_over()

        self.assertEqual(self.line(handover, self.other_team).state, "proposal")
        self.assertEqual(self.other_team.user_id, self.salesman)

    def test_nobody_hands_over_to_himself(self):
        with self.assertRaises(ValidationError):
            self.handover(receivers=self.salesman)

    def test_absence_needs_its_end(self):
        handover = self.handover(reason="absence")

        with self.assertRaisesRegex(ValidationError, "until when"):
            handover.action_offer()

    def test_accepted_twice_moves_once(self):
        handover = self.handover()
        handover.action_offer()
        handover.with_user(self.colleague).action_accept()

        with self.assertRaises(UserError):
            handover.with_user(self.colleague).action_accept()

        self.assertEqual(len(self.line(handover, self.deal)), 1)

    def test_too_much_for_one_click_is_done_by_the_job(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": f"L{n}", "team_id": self.team.id, "user_id": self.salesman.id}
                for n in range(6)
            ]
        )
        handover = self.handover()
        handover.action_offer()
        path = "odoo.addons.crm_standards.models.handover.crm_standard_handover_move"
        with patch(f"{path}.BATCH", 2), patch(f"{path}.AT_ONCE", 2):
            handover.with_user(self.colleague).action_accept()
            self.assertEqual(handover.state, "accepted")

            self.run_cron("crm_standard_handover_cron_move")

        self.assertEqual(handover.state, "done")
        self.assertEqual(leads.user_id, self.colleague)

    def test_thousand_leads_cost_no_query_each(self):
        self.env["crm.lead"].create(
            [
                {"name": f"L{n}", "team_id": self.team.id, "user_id": self.salesman.id}
                for n in range(300)
            ]
        )
        handover = self.handover()
        handover.action_offer()
        self.env.flush_all()

        with self.assertQueryCount(250):
            handover.with_user(self.colleague).action_accept()

        self.assertEqual(handover.state, "done")
