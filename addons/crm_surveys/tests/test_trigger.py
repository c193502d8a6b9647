from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from .trigger_common import TriggerCase

NOTICE = "odoo.addons.crm_surveys.models.trigger.crm_survey_trigger_event_settle"
NOW = "2026-03-02 10:00:00"


@freeze_time(NOW)
class TestTrigger(TriggerCase):
    """Events noticed without code on the documents' models, each once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_stage = cls.env["crm.stage"].search([("is_won", "=", False)], limit=1)

    def test_who_comes_to_the_condition_is_asked(self):
        trigger = self.started(lang="en_US")
        deal = self.won()

        self.run_job(trigger)

        self.assertRecordValues(
            self.invitations(trigger),
            [
                {
                    "state": "decided",
                    "partner_id": self.customer.id,
                    "user_id": self.employee.id,
                    "team_id": self.team.id,
                    "res_model": "crm.lead",
                    "res_id": deal.id,
                    "value": 20,
                    "channel": "mail",
                    "lang": "en_US",
                    "date_planned": Datetime.to_datetime(NOW),
                }
            ],
        )

    def test_an_answer_keeps_the_trigger_that_asked(self):
        trigger = self.started()
        self.won()
        self.run_job(trigger)
        invitation = self.invitations(trigger)
        invitation._prepare_responses()
        invitation._move("sent")

        self.finish(invitation.user_input_id, {"nps": 9})

        fact = self.fact(invitation.user_input_id)
        self.assertEqual(fact.trigger_id, trigger)
        trigger.survey_id._rebuild_facts()
        self.assertEqual(fact.trigger_id, trigger)

    def test_t4_no_context_starts_a_trigger(self):
        values = self.started().copy_data()[0]

        trigger = (
            self.env["crm.survey.trigger"].with_context(default_state="running").create(values)
        )

        self.assertEqual(trigger.state, "draft")

    def test_what_was_there_before_is_not_asked_about(self):
        self.won()
        trigger = self.started()

        self.run_job(trigger)

        self.assertFalse(self.invitations(trigger))

    def test_a_document_is_asked_about_once(self):
        trigger = self.started()
        deal = self.won()
        self.run_job(trigger)
        deal.write({"stage_id": self.open_stage.id, "probability": 10})
        self.assertEqual(deal.won_status, "pending")
        deal.action_set_won()

        self.run_job(trigger)

        self.assertEqual(len(self.invitations(trigger)), 1)

    def test_a_change_that_went_past_the_orm_is_noticed(self):
        trigger = self.started()
        deal = self.deal()
        self.env.flush_all()
        self.cr.execute("UPDATE crm_lead SET won_status = 'won' WHERE id = %s", [deal.id])
        self.env.invalidate_all()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, deal.id)

    def test_archived_documents_count(self):
        trigger = self.started(goal_domain="[('won_status', '=', 'lost')]")
        deal = self.deal()
        deal.action_set_lost()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, deal.id)

    def test_the_first_call_held_is_an_event(self):
        trigger = self.started(
            goal_domain=self.env.ref("crm_surveys.crm_survey_trigger_first_call").goal_domain
        )
        deal = self.deal()
        call = deal.activity_schedule("mail.mail_activity_data_call", user_id=self.employee.id)
        self.run_job(trigger)
        self.assertFalse(self.invitations(trigger))

        call.action_feedback()
        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, deal.id)

    def test_after_a_delay_and_only_if_it_still_fits(self):
        trigger = self.started(delay=3)
        staying, leaving = self.won(), self.won(self.contacts(1))
        self.run_job(trigger)
        self.assertFalse(self.invitations(trigger))
        leaving.write({"stage_id": self.open_stage.id, "probability": 10})

        with freeze_time(Datetime.to_datetime(NOW) + timedelta(days=3)):
            self.run_job(trigger)

        found = {one.res_id: one.reason for one in self.invitations(trigger)}
        self.assertEqual(found, {staying.id: False, leaving.id: "no_longer"})

    def test_a_document_deleted_meanwhile_says_so(self):
        trigger = self.started(delay=1)
        deal = self.won()
        self.run_job(trigger)
        deal.unlink()

        with freeze_time(Datetime.to_datetime(NOW) + timedelta(days=1)):
            self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).reason, "document_gone")

    def test_created_documents(self):
        trigger = self.started(event="created", delay=2, delay_unit="hours")
        deal = self.deal()
        created = Datetime.to_datetime(NOW) + timedelta(hours=1)
        self.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [created, deal.id])
        self.run_job(trigger)
        self.assertFalse(self.invitations(trigger))

        with freeze_time(created + timedelta(hours=2)):
            self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, deal.id)

    def test_a_date_that_has_come_also_after_a_rest_of_days(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "date_deadline")
        trigger = self.started(event="date", date_field_id=field.id, delay=2)
        before = self.deal(date_deadline="2026-02-10")
        due = self.deal(self.contacts(1), date_deadline="2026-03-04")

        with freeze_time("2026-03-20 10:00:00"):
            self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).res_id, due.id)
        self.assertNotEqual(before, due)

    def test_who_waited_too_long_is_not_asked(self):
        trigger = self.started()
        self.won()
        trigger._notice()

        with freeze_time("2026-05-02 10:00:00"):
            self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).reason, "too_late")

    def test_the_draw_leaves_its_row(self):
        trigger = self.started(sample_percent=0)
        self.won()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).reason, "not_sampled")

    def test_the_contact_is_found_by_its_path(self):
        trigger = self.started(partner_path="partner_id.parent_id")
        self.company_partner.email = "office@surveyed.example.com"
        self.won()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).partner_id, self.company_partner)

    def test_the_window_is_that_of_the_contact(self):
        self.customer.tz = "Asia/Vladivostok"
        trigger = self.started(window_start=9, window_end=18, is_on_tuesday=False)
        self.won()

        self.run_job(trigger)

        # Monday 20:00 there: Tuesday is closed, Wednesday 9:00 is 23:00 UTC of the day before
        self.assertEqual(
            self.invitations(trigger).date_planned, Datetime.to_datetime("2026-03-03 23:00:00")
        )

    def test_holidays_of_the_calendar_are_left_out(self):
        calendar = self.env["resource.calendar"].create({"name": "Office", "tz": "UTC"})
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": "2026-03-02 00:00:00",
                "date_to": "2026-03-02 23:59:59",
            }
        )
        trigger = self.started(calendar_id=calendar.id)
        self.won()

        self.run_job(trigger)

        self.assertEqual(
            self.invitations(trigger).date_planned, Datetime.to_datetime("2026-03-03 08:00:00")
        )

    def test_a_window_that_never_opens_is_a_reason(self):
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        trigger = self.started(**{f"is_on_{day}": False for day in days})
        self.won()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).reason, "window_closed")

    def test_the_second_way_is_taken_where_the_first_is_closed(self):
        trigger = self.started(second_channel="sms")
        self.customer.email = False
        self.won()

        self.run_job(trigger)

        self.assertEqual(self.invitations(trigger).channel, "sms")

    def test_a_changed_condition_is_a_new_beginning(self):
        trigger = self.started(goal_domain="[('won_status', '=', 'lost')]")
        self.won()

        trigger.goal_domain = "[('won_status', '=', 'won')]"
        self.run_job(trigger)

        self.assertFalse(self.invitations(trigger))

    def test_a_trigger_whose_field_is_gone_is_paused_and_says_why(self):
        trigger = self.started()
        self.cr.execute(
            "UPDATE crm_survey_trigger SET goal_domain = %s WHERE id = %s",
            ["[('no_such_field', '=', 1)]", trigger.id],
        )
        self.env.invalidate_all()

        self.run_job(trigger)

        self.assertEqual(trigger.state, "paused")
        self.assertIn("no_such_field", trigger.note)
        self.assertEqual(trigger.activity_ids.user_id, trigger.user_id)

    def test_a_trigger_whose_document_is_gone_is_paused(self):
        trigger = self.started()
        self.cr.execute(
            "UPDATE crm_survey_trigger SET model_id = NULL, res_model = 'gone.away' WHERE id = %s",
            [trigger.id],
        )
        self.env.invalidate_all()

        self.run_job(trigger)

        self.assertEqual(trigger.state, "paused")
        self.assertIn("gone.away", trigger.note)

    def test_a_closed_survey_pauses_its_trigger(self):
        trigger = self.started()
        self.satisfaction.active = False

        self.run_job(trigger)

        self.assertEqual(trigger.state, "paused")

    @mute_logger(NOTICE)
    def test_one_bad_document_stops_no_other(self):
        trigger = self.started()
        good, bad = self.won(self.contacts(1)), self.won()
        prepare = type(trigger)._prepare_candidates

        def fail(self, documents, dates=None):
            if bad in documents:
                raise ValueError("broken")
            return prepare(self, documents, dates)

        with patch.object(type(trigger), "_prepare_candidates", fail):
            self.run_job(trigger)

        found = self.invitations(trigger)
        self.assertEqual(found.filtered(lambda one: one.state == "decided").res_id, good.id)
        self.assertEqual(found.filtered("reason").reason, "error")

    def test_it_starts_only_when_it_can_work(self):
        with self.assertRaisesRegex(UserError, "survey"):
            self.started(survey_id=False)

    def test_t14_the_state_is_reached_by_the_buttons_only(self):
        trigger = self.trigger().with_user(self.manager)
        for vals in ({"state": "running"}, {"date_started": NOW}, {"salt": "mine"}):
            with self.assertRaises(UserError):
                trigger.write(vals)
            with self.assertRaises(UserError):
                trigger.copy(vals)
        for role in (self.leader, self.employee, self.outsider):
            with self.assertRaises(AccessError):
                trigger.with_user(role).action_start()

    @mute_logger("odoo.sql_db")
    def test_t14_garbage_is_refused_in_words(self):
        trigger = self.trigger().with_user(self.manager)
        for vals in (
            {"goal_domain": "no list"},
            {"goal_domain": "[('no_such_field', '=', 1)]"},
            {"goal_domain": "[('id', '=', 'x')]"},
            {"domain": "__import__('os')"},
            {"partner_path": "name"},
            {"partner_path": "user_id"},
            {"partner_path": "..."},
            {"model_id": self.env["ir.model"]._get("mail.compose.message").id},
        ):
            with self.subTest(vals=vals), self.assertRaises(ValidationError):
                trigger.write(vals)

    def test_t21_a_condition_on_what_one_may_not_read_is_refused(self):
        trigger = self.trigger(user_id=self.manager.id)
        parameters = self.env["ir.model"]._get("ir.config_parameter").id

        with self.assertRaisesRegex(ValidationError, "may not read"):
            trigger.with_user(self.manager).write({"model_id": parameters, "partner_path": False})

    def test_the_salt_is_for_nobody(self):
        with self.assertRaises(AccessError):
            self.trigger().with_user(self.manager).read(["salt"])

    def test_noticing_and_deciding_take_the_same_statements_for_many(self):
        trigger = self.started()
        partners = self.contacts(160)

        def count(some):
            for partner in some:
                self.deal(partner, won_status="won")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.run_job(trigger)
            self.env.flush_all()
            return self.cr.sql_log_count - before

        self.won()
        self.run_job(trigger)
        few = count(partners[:10])

        self.assertLessEqual(count(partners[10:]), few + 4)
