from freezegun import freeze_time
from lxml import html

from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import SurveysCase


@tagged("post_install", "-at_install")
class TestCustomerPages(SurveysCase, HttpCase):
    """The links in the mail: looking changes nothing, sending counts once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.satisfaction = cls.survey(title="How Was It?", users_can_go_back=False)
        cls.invitation = cls.invite(cls.satisfaction)
        cls.invitation._prepare_responses()
        cls.invitation._move("sent")
        cls.response = cls.invitation.user_input_id
        cls.path = f"/customer-survey/{cls.response.access_token}"
        cls.way_out = (
            f"/customer-survey/unsubscribe/{cls.invitation.id}/{cls.invitation._sign_unsubscribe()}"
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def _look(self, path=None):
        return self.url_open(path or self.path)

    def _send(self, path=None, follow=False, **typed):
        """Post as the page does: with the token of the session."""
        return self.url_open(
            path or f"{self.path}/answer",
            data={"csrf_token": Request.csrf_token(self), **typed},
            allow_redirects=follow,
        )

    def _scores(self):
        lines = self.response.user_input_line_ids
        return [line.value_scale for line in lines if line.question_id.role == "nps"]

    def test_t3_looking_counts_nothing(self):
        page = self._look(f"{self.path}?score=9")

        chosen = html.fromstring(page.content).xpath("//input[@name='score'][@checked]/@value")
        self.assertEqual(page.status_code, 200)
        self.assertEqual(chosen, ["9"])
        self.assertFalse(self._scores())
        self.assertEqual((self.response.state, self.invitation.state), ("new", "sent"))

    def test_a_page_that_a_person_touches_is_opened(self):
        answer = self._send(f"{self.path}/seen")

        self.assertEqual(answer.status_code, 204)
        self.assertEqual(self.invitation.state, "opened")
        self.assertTrue(self.invitation.date_opened)
        self.assertEqual(self.response.state, "new")

    def test_t3_a_page_is_not_opened_by_foreign_sites_and_programs(self):
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(f"{self.path}/seen", data={"a": "b"}).status_code, 400)
        self.assertEqual(self.url_open(f"{self.path}/seen").status_code, 405)
        self.assertEqual(self.invitation.state, "sent")

    def test_t2_being_opened_tells_nothing_about_a_link(self):
        self.assertEqual(self._send("/customer-survey/wrong-token/seen").status_code, 204)

    def test_who_is_signed_in_opens_nothing_for_the_customer(self):
        self.authenticate("srv_manager", "srv_manager")

        self._send(f"{self.path}/seen")

        self.assertEqual(self.invitation.state, "sent")

    def test_what_is_answered_is_not_opened_afterwards(self):
        self.finish(self.response, {"nps": 9})

        self._send(f"{self.path}/seen")

        self.assertFalse(self.invitation.date_opened)

    def test_sending_counts_and_leads_to_the_other_questions(self):
        answer = self._send(score="9")

        self.assertEqual(answer.status_code, 303)
        self.assertIn(f"/survey/{self.satisfaction.access_token}/", answer.headers["Location"])
        self.assertEqual(self._scores(), [9])
        self.assertEqual((self.response.state, self.invitation.state), ("in_progress", "started"))

    def test_the_page_after_it_asks_the_next_question(self):
        self.satisfaction.questions_layout = "page_per_question"

        page = self._send(score="9", follow=True)

        self.assertEqual(page.status_code, 200)
        self.assertIn("Were we fast?", page.text)

    def test_another_choice_counts_instead_of_the_first(self):
        self._send(score="9")

        self._send(score="3")

        self.assertEqual(self._scores(), [3])

    def test_a_single_question_is_answered_by_one_click(self):
        short = self.survey(("nps",))
        invitation = self.invite(short)
        invitation._prepare_responses()
        self.response = invitation.user_input_id
        self.path = f"/customer-survey/{self.response.access_token}"

        self._send(score="10")

        self.assertEqual(self.response.state, "done")
        self.assertEqual(self.fact(self.response).nps_value, 10)
        self.assertIn("You have answered already", self._look().text)

    def test_t5_garbage_is_no_score(self):
        for score in ("", "11", "-1", "nine", "9.5", "9" * 30, "x" * 20000):
            with self.subTest(score=score[:10]):
                self.assertEqual(self._look(f"{self.path}?score={score[:2000]}").status_code, 200)
                self.assertEqual(self._send(score=score).status_code, 303)
        self.assertFalse(self._scores())

    def test_nobody_answers_twice_by_core_s_way_to_try_again(self):
        self.finish(self.response, {"nps": 9})
        responses = self.env["survey.user_input"].search_count([])

        token = self.response.access_token
        self._look(f"/survey/retry/{self.satisfaction.access_token}/{token}")

        self.assertEqual(self.env["survey.user_input"].search_count([]), responses)

    def test_t5_a_place_that_is_not_on_the_scale_is_refused(self):
        question = self.satisfaction.question_ids.filtered(lambda one: one.role == "nps")

        for answer in ("2000000000", "-1", "abc", "5.5"):
            with self.subTest(answer):
                self.assertIn(question.id, question.validate_question(answer))
        self.assertFalse(question.validate_question("10"))

    def test_t2_wrong_links_all_look_the_same(self):
        custom = self.start(self.survey((), survey_type="custom"))
        tokens = (
            "nonsense",
            self.response.access_token[:-1],
            custom.access_token,
            "%00",
            "a" * 900,
        )
        pages = [self._look(f"/customer-survey/{token}") for token in tokens]

        for token, page in zip(tokens, pages, strict=True):
            with self.subTest(token=token[:40]):
                self.assertEqual(page.status_code, 404)
                self.assertIn("This link is not valid", page.text)

    def test_after_the_end_a_page_says_so(self):
        self.response.deadline = "2026-03-02 09:00:00"

        with freeze_time("2026-03-02 09:00:01"):
            pages = self._look(), self._send(score="9")

        for page in pages:
            self.assertEqual(page.status_code, 410)
            self.assertIn("This survey has ended", page.text)
        self.assertFalse(self._scores())

    def test_a_closed_survey_says_so(self):
        self.satisfaction.active = False

        page = self._look()

        self.assertEqual(page.status_code, 410)
        self.assertIn("This survey has ended", page.text)

    def test_without_a_score_question_the_link_leads_to_the_survey(self):
        plain = self.survey(("text",))
        response = self.start(plain)

        page = self.url_open(f"/customer-survey/{response.access_token}", allow_redirects=False)

        self.assertEqual(page.status_code, 303)
        self.assertIn(f"/survey/{plain.access_token}/", page.headers["Location"])

    def test_t1_nobody_signed_in_answers_for_the_customer(self):
        for login in ("srv_employee", "srv_manager", "srv_customer"):
            self.authenticate(login, login)
            with self.subTest(login=login):
                self.assertEqual(self._look().status_code, 403)
                self.assertEqual(self._send(score="10").status_code, 403)
        self.assertFalse(self._scores())

    def test_the_customer_may_be_signed_in(self):
        self.response.partner_id = self.customer_user.partner_id
        self.authenticate("srv_customer", "srv_customer")

        self._send(score="8")

        self.assertEqual(self._scores(), [8])

    def test_pages_are_kept_by_nobody(self):
        headers = self._look().headers

        self.assertEqual(headers["Cache-Control"], "no-store")
        self.assertEqual(headers["Referrer-Policy"], "same-origin")

    def test_t3_a_score_without_the_token_of_the_session_is_refused(self):
        with mute_logger("odoo.http"):
            answer = self.url_open(f"{self.path}/answer", data={"score": "9"})

        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._scores())

    # the way out

    def test_t3_looking_at_the_way_out_unsubscribes_nobody(self):
        page = self._look(self.way_out)

        self.assertEqual(page.status_code, 200)
        self.assertIn("I am asked too often", page.text)
        self.assertFalse(self.customer.has_survey_opt_out)

    def test_one_click_of_the_mail_program_unsubscribes(self):
        answer = self.url_open(self.way_out, data={"List-Unsubscribe": "One-Click"})

        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.customer.has_survey_opt_out)
        self.assertTrue(self.invitation.date_unsubscribed)

    def test_the_reason_is_kept(self):
        self.url_open(self.way_out, data={"reason": "often"})

        self.assertEqual(self.invitation.unsubscribe_reason, "often")

    def test_the_same_address_is_asked_no_more_whoever_it_is(self):
        twin = self.env["res.partner"].create({"name": "Twin", "email": self.customer.email})
        waiting = self.invite(self.survey())

        self.url_open(self.way_out, data={"reason": "garbage" * 3000})

        self.assertTrue(twin.has_survey_opt_out)
        self.assertEqual((waiting.state, waiting.reason), ("not_sent", "opted_out"))
        self.assertFalse(self.invitation.unsubscribe_reason)

    def test_t2_a_way_out_of_somebody_else_does_nothing(self):
        other = self.invite(self.satisfaction, partner_id=self.company_partner.id)
        signature = self.invitation._sign_unsubscribe()
        for record_id, signed in (
            (other.id, signature),
            (self.invitation.id, signature[:-1]),
            (self.invitation.id, "%C3%A4"),
            (2**31, signature),
            (0, signature),
            (10**30, signature),
        ):
            path = f"/customer-survey/unsubscribe/{record_id}/{signed}"
            with self.subTest(path=path):
                self.assertEqual(self._look(path).status_code, 404)
                self.assertEqual(self.url_open(path, data={"a": "b"}).status_code, 404)
        self.assertFalse((self.customer | self.company_partner).filtered("has_survey_opt_out"))

    def test_t6_titles_are_written_as_text(self):
        question = self.satisfaction._get_score_question()
        question.write({"title": "<script>alert(1)</script>"})
        self.satisfaction.title = "<script>alert(2)</script>"

        page = self._look().text

        self.assertNotIn("<script>alert(", page)

    def test_a_portal_customer_sees_no_invitation(self):
        self.customer_user.group_ids = [Command.set(self.env.ref("base.group_portal").ids)]

        self.assertFalse(self.invitation.with_user(self.customer_user).has_access("read"))
