import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .call_common import CallCase


@tagged("post_install", "-at_install")
class TestCallAccess(HttpCase, CallCase):
    """Threats T1 and T2: who calls whom, and who answers for whom."""

    def setUp(self):
        super().setUp()
        self.now_on_the_phone = self.call()
        self.now_on_the_phone._sealed_write(
            {"interviewer_id": self.interviewer.id, "state": "waiting"}
        )

    def _url(self):
        response = self.now_on_the_phone.invitation_id.user_input_id
        return f"/survey/{self.satisfaction.access_token}/{response.access_token}"

    def _is_asked(self, login):
        self.authenticate(login, login)
        answer = self.url_open(self._url())
        return bool(re.search("o_survey_form", answer.text))

    def test_t1_who_sees_calls(self):
        call = self.now_on_the_phone
        free = self.call(
            partner_id=self.env["res.partner"].create({"name": "Olga", "phone": "+49 30 654322"}).id
        )
        seen = {
            "employee": (False, False),
            "leader": (False, False),
            "interviewer": (True, True),
            "second_interviewer": (False, True),
            "manager": (True, True),
            "customer_user": (False, False),
        }
        for role, answers in seen.items():
            user = getattr(self, role)
            found = tuple(one.with_user(user).has_access("read") for one in (call, free))
            self.assertEqual(found, answers, role)

    def test_t1_calls_are_written_by_their_deeds_only(self):
        for user in (self.interviewer, self.manager):
            call = self.now_on_the_phone.with_user(user)
            with self.assertRaises(AccessError):
                call.write({"outcome": "refused"})
            with self.assertRaises(AccessError):
                call.unlink()
            with self.assertRaises(AccessError):
                call.create({"invitation_id": call.sudo().invitation_id.id})

    def test_t1_others_do_nothing_with_a_call(self):
        for user in (self.employee, self.leader, self.second_interviewer, self.manager):
            call = self.now_on_the_phone.with_user(user)
            for deed in ("get_card", "start_interview"):
                with self.subTest(user=user.name, deed=deed), self.assertRaises(AccessError):
                    getattr(call, deed)()
            with self.assertRaises(AccessError):
                call.save_outcome("refused")
            with self.assertRaises(AccessError):
                call.save_note("not mine")
        with self.assertRaises(AccessError):
            self.env["crm.survey.call"].with_user(self.leader).take_next()
        with self.assertRaises(AccessError):
            self.now_on_the_phone.invitation_id.with_user(self.leader).action_call()

    def test_t5_garbage_is_refused_in_words(self):
        call = self.now_on_the_phone.with_user(self.interviewer)
        for outcome, note in (("answered", False), ("x", False), (None, False), ("busy", {})):
            with self.subTest(outcome=outcome), self.assertRaises(UserError):
                call.save_outcome(outcome, note or ([1] if outcome == "busy" else False))
        for date in ({}, {"a": 1}, "0000-00-00", 10**30, True):
            with self.subTest(date=date), self.assertRaises(UserError):
                call.save_outcome("call_back", date=date)
        with self.assertRaises(UserError):
            call.browse().get_card()
        with self.assertRaises(UserError):
            call.browse(2**31 - 1).get_card()

    def test_t5_a_note_with_a_zero_byte_is_kept_without_it(self):
        call = self.now_on_the_phone.with_user(self.interviewer)
        call.save_outcome("no_answer", "no\x00body")

        self.assertEqual(call.attempt_ids.note, "nobody")

    def test_t2_an_interviewer_answers_while_he_is_on_the_phone_only(self):
        self.assertFalse(self._is_asked("srv_interviewer"), "before the customer answers")
        self.now_on_the_phone.with_user(self.interviewer).start_interview()

        self.assertTrue(self._is_asked("srv_interviewer"))
        for login in ("srv_interviewer_two", "srv_manager", "srv_employee", "srv_customer"):
            with self.subTest(login=login):
                self.assertFalse(self._is_asked(login))

        url = self._url()
        self.now_on_the_phone.with_user(self.interviewer).save_outcome("refused")
        self.assertFalse(self._is_asked("srv_interviewer"))
        self.authenticate(None, None)
        self.assertNotIn("o_survey_form", self.url_open(url).text)
