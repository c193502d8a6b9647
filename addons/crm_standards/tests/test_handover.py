from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .handover_common import HandoverCase


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

    def test_line_taken_out_stays_with_the_giver(self):
        handover = self.handover()
        handover.action_preview()
        self.line(handover, self.deal).with_user(self.salesman).action_skip()

        handover.action_offer()
        handover.with_user(self.colleague).action_accept()

        self.assertEqual(self.deal.user_id, self.salesman)
        self.assertEqual(self.customer.user_id, self.colleague)

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
