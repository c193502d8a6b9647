from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Datetime
from odoo.tools import mute_logger

from ..models.call import crm_survey_call_interview as interview
from .call_common import CallCase

#: A Monday, and when customers may be called; the Friday and the evening before the next.
NOW = "2026-03-02 10:00:00"
EVENING = "2026-03-06 21:00:00"
LATER = "2026-03-04 13:30:00"
LOGGER = "odoo.addons.crm_surveys.models.sending.crm_survey_invitation_send"


@freeze_time(NOW)
class TestCall(CallCase):
    """The queue of calls, and what comes of a call."""

    def test_an_invitation_by_phone_comes_into_the_queue_once(self):
        invitation = self.invite(self.satisfaction, channel="phone")

        self.queue()
        self.queue()

        call = self.env["crm.survey.call"].search([("invitation_id", "=", invitation.id)])
        self.assertEqual(len(call), 1)
        self.assertEqual((call.state, invitation.state), ("waiting", "queued"))
        self.assertTrue(invitation.user_input_id)

    def test_t18_one_that_cannot_be_queued_stops_no_other(self):
        other = self.env["res.partner"].create({"name": "Olga", "phone": "+49 30 654322"})
        broken = self.invite(self.satisfaction, channel="phone")
        sound = self.invite(self.satisfaction, channel="phone", partner_id=other.id)
        prepare = type(broken)._prepare_response

        def fail(invitation):
            if invitation == broken:
                raise ValueError("poisoned")
            return prepare(invitation)

        with patch.object(type(broken), "_prepare_response", fail), mute_logger(LOGGER):
            self.queue()

        self.assertEqual((broken.state, broken.note), ("failed", "poisoned"))
        self.assertEqual(sound.state, "queued")

    def test_who_has_no_number_is_not_called(self):
        self.customer.phone = False
        invitation = self.invite(self.satisfaction, channel="phone")

        self.queue()

        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "no_address"))

    def test_whose_number_is_blacklisted_meanwhile_is_not_called(self):
        call = self.call()
        self.env["phone.blacklist"].add("+4930654321")

        self.assertFalse(self.take())

        self.assertEqual((call.state, call.outcome), ("ended", "closed"))
        self.assertEqual(call.invitation_id.reason, "blacklisted")

    @freeze_time(EVENING)
    def test_customers_are_called_by_day_by_their_clock(self):
        self.customer.tz = "America/New_York"
        call = self.call()

        self.assertEqual(call.date_due, Datetime.now())
        self.customer.tz = "Asia/Tokyo"
        self.assertEqual(
            call.invitation_id._get_call_opening(Datetime.now()),
            Datetime.to_datetime("2026-03-09 00:00:00"),
        )

    def test_the_next_call_is_the_promised_one_then_the_most_valuable(self):
        other = self.env["res.partner"].create({"name": "Olga", "phone": "+49 30 654322"})
        plain = self.call(value=10)
        dear = self.call(value=20, partner_id=other.id)

        self.assertEqual(self.take(), dear)
        self.take().save_outcome("call_back", date=LATER)
        with freeze_time(LATER):
            plain._sealed_write({"interviewer_id": self.interviewer.id})
            self.assertEqual(self.take(), dear)

    def test_two_interviewers_get_different_customers(self):
        other = self.env["res.partner"].create({"name": "Olga", "phone": "+49 30 654322"})
        self.call()
        self.call(partner_id=other.id)

        first, second = self.take(), self.take(self.second_interviewer)

        self.assertTrue(first and second)
        self.assertNotEqual(first.id, second.id)
        self.assertEqual(self.take(), first)

    def test_nobody_asks_about_himself(self):
        self.call(user_id=self.interviewer.id)

        self.assertFalse(self.take())
        self.assertTrue(self.take(self.second_interviewer))

    def test_the_card_says_nothing_about_who_is_judged(self):
        self.call(user_id=self.employee.id)

        card = self.take().get_card()

        self.assertEqual(card["script"], "I am Ines Interviewer.")
        self.assertEqual(card["customer"], "Sara Surveyed")
        self.assertFalse(card["url"])
        self.assertNotIn("Emil", str(card))

    def test_who_does_not_answer_is_called_again_later_by_whoever_is_free(self):
        call = self.call()
        self.take().save_outcome("no_answer", "rang for long")

        self.assertEqual((call.state, call.attempt_count), ("waiting", 1))
        self.assertEqual(call.attempt_ids.note, "rang for long")
        self.assertEqual(call.date_due, Datetime.now() + timedelta(hours=4))
        self.assertFalse(call.interviewer_id)
        self.assertFalse(self.take())
        self.assertFalse(call.invitation_id.date_sent, "he was not reached")

    def test_after_so_many_attempts_it_ends_with_its_reason(self):
        self.satisfaction.call_attempt_limit = 2
        call = self.call()
        self.take().save_outcome("no_answer")
        call._sealed_write({"date_due": Datetime.now()})
        self.take().save_outcome("busy")

        self.assertEqual((call.state, call.outcome), ("ended", "unreached"))
        invitation = call.invitation_id
        self.assertEqual((invitation.state, invitation.reason), ("not_sent", "not_reached"))

    def test_a_call_back_stands_in_the_calendar_of_who_promised_it(self):
        call = self.call()
        mails = self.env["mail.mail"].search_count([])
        self.take().save_outcome("call_back", date=LATER)

        self.assertEqual(call.interviewer_id, self.interviewer)
        event = call.event_id
        self.assertEqual(event.start, Datetime.to_datetime(LATER))
        self.assertEqual(event.partner_ids, self.interviewer.partner_id)
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        with freeze_time(LATER):
            self.take().save_outcome("refused")
        self.assertFalse(event.exists())

    def test_only_a_moment_to_come_can_be_promised(self):
        self.call()
        call = self.take()

        for date in (False, "2026-03-01 10:00:00", "2027-03-01 10:00:00", "soon", 7, [1]):
            with self.subTest(date=date), self.assertRaises(UserError):
                call.save_outcome("call_back", date=date)

    def test_a_refusal_counts_as_asked_and_ends_the_link(self):
        call = self.call()
        self.take()
        token = call.invitation_id.user_input_id.access_token
        call.with_user(self.interviewer).save_outcome("refused")

        invitation = call.invitation_id
        self.assertEqual((call.state, invitation.state), ("ended", "expired"))
        self.assertTrue(invitation.date_sent)
        self.assertEqual(invitation.note, "Refused")
        self.assertNotEqual(invitation.user_input_id.access_token, token)

    def test_who_wants_no_surveys_is_asked_no_more(self):
        call = self.call()
        self.take().save_outcome("no_more")

        self.assertTrue(self.customer.has_survey_opt_out)
        self.assertEqual(call.outcome, "no_more")
        self.assertEqual(call.invitation_id.reason, "opted_out")

    def test_a_wrong_number_ends_it_with_its_reason(self):
        call = self.call()
        self.take().save_outcome("wrong_number")

        self.assertEqual(call.invitation_id.reason, "wrong_number")
        self.assertFalse(call.invitation_id.date_sent)

    def test_answers_on_the_phone_are_the_customers_asked_by_the_interviewer(self):
        call = self.call(user_id=self.employee.id)
        card = self.take().start_interview()
        response = call.invitation_id.user_input_id
        self.assertIn(response.access_token, card["url"])

        self.finish(response.with_user(self.interviewer).sudo(), {"nps": 9, "driver": 4})

        fact = self.fact(response)
        self.assertEqual((fact.mode, fact.channel), ("interview", "phone"))
        self.assertEqual(fact.interviewer_id, self.interviewer)
        self.assertEqual((fact.partner_id, fact.user_id), (self.customer, self.employee))
        self.assertEqual((call.state, call.attempt_ids.outcome), ("done", "answered"))
        self.assertEqual(call.invitation_id.state, "finished")

    def test_what_is_noted_while_the_customer_answers_is_kept_once(self):
        call = self.call()
        mine = self.take()
        mine.start_interview()
        with self.assertRaisesRegex(UserError, "over"):
            mine.save_note("too early")
        response = call.invitation_id.user_input_id
        self.finish(response.with_user(self.interviewer).sudo(), {"nps": 9, "driver": 4})

        mine.save_note(" wants an offer ")
        mine.save_note("somebody else's words")

        self.assertEqual(call.attempt_ids.note, "wants an offer")

    def test_who_answers_himself_is_not_called_and_counts_as_himself(self):
        call = self.call()
        self.take()
        response = call.invitation_id.user_input_id

        self.finish(response, {"nps": 9})

        self.assertEqual((call.state, call.outcome), ("ended", "closed"))
        self.assertEqual(self.fact(response).mode, "self")
        self.assertFalse(self.fact(response).interviewer_id)

    def test_a_manager_gives_a_mail_that_was_not_answered_to_the_phone(self):
        invitation = self.invite(self.satisfaction)
        invitation._prepare_responses()
        invitation._move("sent")

        invitation.with_user(self.manager).action_call()
        call = self.take()
        call.start_interview()
        self.finish(invitation.user_input_id.with_user(self.interviewer).sudo(), {"nps": 9})

        fact = self.fact(invitation.user_input_id)
        self.assertEqual((fact.channel, fact.mode), ("mail", "interview"))

    def test_giving_many_to_the_phone_takes_no_more_statements_than_few(self):
        customers = self.env["res.partner"].create(
            [
                {
                    "name": f"Called {number}",
                    "phone": f"+49 30 77770{number}",
                    "email": f"called_{number}@surveyed.example.com",
                }
                for number in range(20)
            ]
        )
        invitations = self.env["crm.survey.invitation"]
        for customer in customers:
            invitations |= self.invite(self.satisfaction, partner_id=customer.id)
        invitations._prepare_responses()
        invitations._move("sent")
        spent = []
        for some in (invitations[:1], invitations[1:6], invitations[6:]):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.with_user(self.manager).action_call()
            self.env.flush_all()
            spent.append(self.env.cr.sql_log_count - before)

        self.assertLess(spent[2], spent[1] + 5)

    def test_a_mail_can_still_be_answered_after_nobody_took_the_phone(self):
        invitation = self.invite(self.satisfaction)
        invitation._prepare_responses()
        invitation._move("sent")
        invitation.with_user(self.manager).action_call()

        self.take().save_outcome("wrong_number")

        self.assertEqual(invitation.state, "sent")

    def test_a_closed_survey_is_not_asked_on_the_phone(self):
        call = self.call()
        self.satisfaction.active = False

        self.assertEqual((call.state, call.outcome), ("ended", "closed"))
        self.assertFalse(self.take())

    def test_a_call_that_was_taken_and_not_made_is_free_again(self):
        call = self.call()
        self.take()

        with freeze_time("2026-03-03 09:00:00"):
            self.queue()

        self.assertFalse(call.interviewer_id)
        self.assertTrue(self.take(self.second_interviewer))

    def test_a_call_left_in_the_middle_is_free_again(self):
        call = self.call()
        self.take().start_interview()

        with freeze_time("2026-03-03 09:00:00"):
            self.queue()
            self.assertTrue(self.take(self.second_interviewer))

        self.assertEqual(call.interviewer_id, self.second_interviewer)

    def test_a_promise_nobody_keeps_goes_to_others_first(self):
        call = self.call()
        self.take().save_outcome("call_back", date=LATER)
        event = call.event_id

        with freeze_time("2026-03-03 09:00:00"):
            self.queue()
        self.assertEqual(call.interviewer_id, self.interviewer, "it is not due yet")
        with freeze_time(Datetime.to_datetime(LATER) + timedelta(hours=13)):
            self.queue()
            self.assertEqual(self.take(self.second_interviewer), call)

        self.assertTrue(call.is_promised)
        self.assertFalse(event.exists())

    def test_the_calls_of_who_has_left_are_free(self):
        call = self.call()
        self.take().save_outcome("call_back", date=LATER)
        self.interviewer.active = False

        self.queue()

        self.assertFalse(call.interviewer_id)

    def test_a_promised_call_can_be_answered_when_it_was_promised(self):
        self.satisfaction.answer_days = 1
        call = self.call()

        self.take().save_outcome("call_back", date="2026-03-20 10:00:00")

        invitation = call.invitation_id
        end = Datetime.to_datetime("2026-03-21 10:00:00")
        self.assertEqual((invitation.date_expires, invitation.user_input_id.deadline), (end, end))

    def test_calls_about_oneself_do_not_hide_the_others(self):
        self.call(user_id=self.manager.id, value=90)
        other = self.env["res.partner"].create({"name": "Olga", "phone": "+49 30 654322"})
        second = self.call(partner_id=other.id, value=1)

        with patch.object(interview, "LOOKED_AT", 1):
            self.assertEqual(self.take(self.manager), second)

    def test_attempts_and_hours_have_bounds(self):
        for values in ({"call_attempt_limit": 0}, {"call_retry_hours": 1000}):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.satisfaction.write(values)

    def test_t20_a_person_who_is_forgotten_leaves_no_words(self):
        call = self.call()
        self.take().save_outcome("no_answer", "Sara is on holiday")
        call.invitation_id._forget_person()

        self.assertFalse(call.attempt_ids.note)
        self.assertEqual(call.state, "ended")
