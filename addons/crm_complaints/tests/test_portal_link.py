from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import hash_sign, mute_logger

from odoo.addons.mail.tests.common import MailCase

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalLink(PortalCase, MailCase):
    """Threat T2: a link opens one complaint, for a time, for whom it was sent to."""

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)

    def test_a_link_opens_the_page_and_leaves_the_address_at_once(self):
        response = self.page(self.own, access_token=self.link(self.own))

        self.assertEqual(response.status_code, 200)
        self.assertIn("Own case", response.text)
        self.assertNotIn("access_token", response.url)
        self.assertNotIn("access_token", response.text)
        self.assertEqual(response.headers["Referrer-Policy"], "same-origin")
        self.assertIn("no-store", response.headers["Cache-Control"])

    def test_whoever_has_the_link_writes_as_the_complainant(self):
        self.page(self.own, access_token=self.link(self.own))
        self._answer(self.own)

        self.post(f"/my/complaints/{self.own.id}/message", text="By link")
        self.post(f"/my/complaints/{self.own.id}/reply", reply="accept")

        message = self.own.message_ids.filtered(lambda message: "By link" in message.body)
        self.assertEqual(message.author_id, self.petra)
        self.assertTrue(self.own.consent_ids.is_accepted)

    def test_a_complainant_without_a_record_writes_under_his_address(self):
        case = self.complaint(
            partner_id=False, contact_name="Nina New", email_from="nina@new.example.com"
        )
        self.page(case, access_token=self.link(case))

        response = self.post(f"/my/complaints/{case.id}/message", text="By link")

        self.assertIn("Nina New", response.text)
        self.assertFalse(case.message_ids[0].author_id)
        self.assertIn("nina@new.example.com", case.message_ids[0].email_from)

    def test_t2_no_other_token_opens_it(self):
        env = self.env(su=True)
        good = self.link(self.own)
        later = timedelta(days=1)
        tokens = {
            "of another complaint": self.link(self.foreign),
            "of another purpose": hash_sign(
                env, "crm_complaints.form", [self.own.id, 0], expiration=later
            ),
            "cut": good[:-3],
            "changed": good[:-3] + "abc",
            "too long": good + "x" * 1000,
            "not base64": "%%%",
            "not a token": "hello",
            "a false word": "False",
            "not of this alphabet": "ключ",
        }
        for name, token in tokens.items():
            with self.subTest(name):
                response = self.page(self.own, access_token=token)
                self.assertEqual(response.status_code, 403)
                self.assertNotIn("Own case", response.text)
        self.assertEqual(self.page(self.own, access_token="").url.split("?")[0][-10:], "/web/login")

    def test_t2_all_wrong_tokens_get_the_same_answer(self):
        answers = {
            self._read_main(self.page(complaint, access_token=token))
            for complaint, token in (
                (self.own, "x"),
                (self.own, self.link(self.foreign)),
                (self.own.browse(10**8), "x"),
            )
        }

        self.assertEqual(len(answers), 1)

    def test_t2_a_link_ends_by_its_age(self):
        with freeze_time("2026-01-01"):
            token = self.link(self.own)
        with freeze_time("2026-02-28"):
            self.assertTrue(self.own._open_by_token(self.own.id, token))
        with freeze_time("2026-03-05"):
            self.assertFalse(self.own._open_by_token(self.own.id, token))

    def test_t2_a_link_ends_some_time_after_closing(self):
        self.own.stage_id = self.stage_closed
        token = self.link(self.own)
        closed = self.own.date_closed

        with freeze_time(closed + timedelta(days=29)):
            self.assertTrue(self.own._open_by_token(self.own.id, token))
        with freeze_time(closed + timedelta(days=31)):
            self.assertFalse(self.own._open_by_token(self.own.id, token))

    def test_t2_links_end_when_the_complaint_passes_to_somebody_else(self):
        changes = {
            "another person": {"partner_id": self.customer.id},
            "another address": {"email_from": "other@example.com"},
        }
        for name, values in changes.items():
            with self.subTest(name):
                token = self.link(self.own)
                self.own.write(values)
                self.assertFalse(self.own._open_by_token(self.own.id, token))

    def test_a_link_lives_on_when_its_sender_is_found_among_the_customers(self):
        case = self.complaint(partner_id=False, email_from=self.petra.email)
        token = self.link(case)

        case.partner_id = self.petra

        self.assertTrue(case._open_by_token(case.id, token))

    def test_t2_a_link_of_the_session_ends_as_well(self):
        self.page(self.own, access_token=self.link(self.own))

        self.own.partner_id = self.customer

        self.assertIn("/web/login", self.page(self.own).url)

    def test_t2_cores_own_links_open_nothing(self):
        self.own.sudo().access_token = "known"
        pid = self.petra.id
        signatures = {self.own._sign_token(pid), self.foreign._sign_token(pid)}

        fetch = {"thread_model": "crm.complaint", "thread_id": self.own.id}
        self.assertEqual(len(signatures), 2)
        for access in (
            {"token": "known"},
            {"hash": signatures.pop(), "pid": pid},
        ):
            with self.subTest(access=access):
                thread = self.env["crm.complaint"].with_user(self.env.ref("base.public_user"))
                self.assertFalse(thread._get_thread_with_access(self.own.id, **access))
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/mail/chatter_fetch", {**fetch, "token": "known"})

    def test_t2_the_field_of_cores_token_is_out_of_reach(self):
        names = self.own.with_user(self.manager).fields_get()

        self.assertNotIn("access_token", names)
        self.assertNotIn("link_generation", names)

    def test_the_link_is_mailed_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        template = self.env.ref("crm_complaints.crm_complaint_mail_template_link")
        template.with_context(lang="fr_FR").subject = "Votre réclamation {{ object.number }}"
        case = self.complaint(partner_id=False, email_from="n@new.example.com", lang="fr_FR")

        with self.mock_mail_gateway():
            case._send_link()
            self.env["mail.mail"].process_email_queue()

        self.assertEqual(self._mails[0]["subject"], f"Votre réclamation {case.number}")

    def test_the_page_behind_a_link_is_in_his_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.category.with_context(lang="fr_FR").name = "Retard"
        self.own.lang = "fr_FR"

        response = self.page(self.own, access_token=self.link(self.own))

        self.assertIn("Retard", response.text)

    def test_his_mail_leads_to_his_page(self):
        with self.mock_mail_gateway():
            self.own.with_user(self.clerk).message_post(
                body="Our answer",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.petra.ids,
                email_layout_xmlid="mail.mail_notification_layout",
            )

        mail = self._new_mails.filtered(lambda mail: self.petra in mail.recipient_ids)
        self.assertIn(f"/my/complaints/{self.own.id}?access_token=", mail.body_html)
        self.assertNotIn("/mail/view", mail.body_html)

    def test_the_link_is_mailed_again_and_the_answer_tells_nothing(self):
        case = self.complaint(partner_id=False, email_from="nina@new.example.com")
        asked = {
            "right": (case.number, "Nina@New.example.com"),
            "other address": (case.number, "nobody@example.com"),
            "no such number": ("C999999", "nina@new.example.com"),
        }
        sent, answers = {}, set()
        for name, (number, email) in asked.items():
            with self.mock_mail_gateway():
                response = self._ask_link(number, email)
                self.env["mail.mail"].process_email_queue()
            sent[name] = [mail["email_to"] for mail in self._mails]
            answers.add((response.status_code, response.url))

        self.assertEqual(
            sent,
            {"right": [["nina@new.example.com"]], "other address": [], "no such number": []},
        )
        self.assertEqual(len(answers), 1)

    def test_t10_the_link_is_not_mailed_for_ever(self):
        case = self.complaint(partner_id=False, email_from="nina@new.example.com")

        with self.mock_mail_gateway():
            for _i in range(8):
                self._ask_link(case.number, "nina@new.example.com")
            self.env["mail.mail"].process_email_queue()

        self.assertEqual(len(self._mails), 5)

    def test_the_mail_with_the_link_stays_in_no_log(self):
        case = self.complaint(partner_id=False, email_from="nina@new.example.com")

        with self.mock_mail_gateway(mail_unlink_sent=True):
            case._send_link()
            self.env["mail.mail"].process_email_queue()

        self.assertIn(f"/my/complaints/{case.id}?access_token=", self._mails[0]["body"])
        self.assertNotIn("access_token", str(case.message_ids.mapped("body")))

    def _ask_link(self, number, email):
        return self.post(
            "/complaint/link/send", number=number, email=email, stamp=self.own._stamp_form()
        )

    def _read_main(self, response):
        """Return what a page says, without the frame of the site around it."""
        return response.status_code, response.text.partition("<main")[2].partition("</main>")[0]
