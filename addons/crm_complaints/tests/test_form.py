from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.mail.tests.common import MailCase

from .portal_common import PortalCase


class FormCase(PortalCase, MailCase):
    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.before = self.env["crm.complaint"].with_context(active_test=False).search([])

    def send(self, url="/complaint/send", files=None, seconds=60, stamp=None, **typed):
        """Send a form as somebody who had it open for so many seconds."""
        with freeze_time(fields.Datetime.now() - timedelta(seconds=seconds)):
            stamp = self.own._stamp_form() if stamp is None else stamp
        values = {
            "name": "Broken cup",
            "description": "The cup came\nin two parts.",
            "contact_name": "Nina New",
            "email_from": "nina@new.example.com",
            "stamp": stamp,
            **typed,
        }
        with self.mock_mail_gateway():
            response = self.post(url, files=files, **values)
            self.env["mail.mail"].process_email_queue()
        return response

    @property
    def new(self):
        complaints = self.env["crm.complaint"].with_context(active_test=False)
        return complaints.search([]) - self.before


@tagged("post_install", "-at_install")
class TestPublicForm(FormCase):
    """A form for anybody. Threats T4, T5, T6, T10, T11, T12, T18."""

    def test_a_visitor_hands_in_a_complaint_and_gets_number_and_link_by_mail(self):
        response = self.send(
            category_id=self.category.id,
            phone="+49 30 1234",
            reference="SO 7",
            files={"files": ("cup.txt", b"picture", "text/plain")},
        )

        self.assertEqual(response.status_code, 200)
        self.assertIn("Look into your mailbox", response.text)
        self.assertRecordValues(
            self.new,
            [
                {
                    "name": "Broken cup",
                    "contact_name": "Nina New",
                    "email_from": "nina@new.example.com",
                    "partner_id": False,
                    "category_id": self.category.id,
                    "reference": "SO 7",
                    "company_id": self.env.company.id,
                    "user_id": False,
                    "active": True,
                }
            ],
        )
        self.assertEqual(self.new.channel_id.code, "website")
        self.assertEqual(self.new.move_ids.way, "portal")
        self.assertEqual(self.new.message_ids.attachment_ids.name, "cup.txt")
        self.assertEqual(self._mails[0]["email_to"], ["nina@new.example.com"])
        self.assertIn(self.new.number, self._mails[0]["subject"])
        self.assertIn(f"/my/complaints/{self.new.id}?access_token=", self._mails[0]["body"])

    def test_the_form_opens_without_the_website_and_leads_customers_to_theirs(self):
        form = self.url_open("/complaint")
        self.authenticate("cmp_customer", "cmp_customer")
        own = self.url_open("/complaint")

        self.assertEqual(form.status_code, 200)
        self.assertIn("Tell us what went wrong", form.text)
        self.assertTrue(own.url.endswith("/my/complaints/new"))

    def test_t11_the_answer_is_the_same_whoever_the_address_belongs_to(self):
        known = self.send(email_from=self.petra.email)
        unknown = self.send(email_from="nobody@nowhere.example.com")

        self.assertEqual((known.status_code, known.url), (unknown.status_code, unknown.url))
        self.assertFalse(self.new.partner_id)
        for complaint in self.new:
            self.assertNotIn(complaint.number, known.text + unknown.text)

    def test_t4_only_what_the_form_asks_is_taken(self):
        self.send(
            company_id=self._make_other_company().id,
            user_id=self.clerk.id,
            team_id=self.other_team.id,
            stage_id=self.stage_closed.id,
            partner_id=self.petra.id,
            date_received="2020-01-01 00:00:00",
            priority="3",
            is_confidential="1",
            number="C1",
            lead_id="1",
            outcome="upheld",
        )

        self.assertRecordValues(
            self.new,
            [
                {
                    "company_id": self.env.company.id,
                    "user_id": False,
                    "team_id": False,
                    "stage_id": self.stage_received.id,
                    "partner_id": False,
                    "is_confidential": False,
                    "lead_id": False,
                    "outcome": False,
                }
            ],
        )

    def test_t5_garbage_gets_a_clear_answer_and_the_text_stays(self):
        for name, typed in {
            "no text": {"description": "  "},
            "no address": {"email_from": ""},
            "no e-mail address": {"email_from": "nina"},
            "two addresses": {"email_from": "a@b.example.com, c@d.example.com"},
            "a list": {"category_id": "[1]"},
            "a big number": {"category_id": "9" * 30},
            "below zero": {"remedy_demanded_id": "-1"},
            "an unknown kind": {"category_id": "99999999"},
            "too much": {"description": "x" * 20_001},
            "a long subject": {"name": "x" * 201},
            "a forged stamp": {"stamp": "abc"},
            "no stamp": {"stamp": ""},
        }.items():
            with self.subTest(name):
                response = self.send(**typed)
                self.assertEqual(response.status_code, 400)
                self.assertIn("Nina New", response.text)
                self.assertIn('role="alert"', response.text)
        self.assertFalse(self.new)

    def test_t5_texts_sent_as_files_and_odd_letters_do_no_harm(self):
        odd = self.send(name="a\x00b\nc", description="x\x00y")
        file = self.send(files={"name": ("a.txt", b"x", "text/plain")}, name="")

        self.assertEqual((odd.status_code, file.status_code), (200, 200))
        self.assertEqual(self.new[-1].name, "ab c")

    def test_t6_script_in_every_field_is_kept_as_text(self):
        script = "<script>alert(1)</script>"

        self.send(
            name=script, description=script, contact_name=script, phone=script, reference=script
        )
        wrong = self.send(name=script, description=script, email_from="x")

        self.assertNotIn("<script", self.new.description)
        self.assertNotIn(script, self._mails[0]["body"] if self._mails else "")
        self.assertEqual(wrong.status_code, 400)
        self.assertNotIn(script, wrong.text)

    def test_t12_dangerous_files_are_refused_before_anything_is_made(self):
        response = self.send(files={"files": ("a.svg", b"<svg/>", "image/png")})

        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.new)

    def test_t12_too_much_at_once_is_refused_at_the_door(self):
        with mute_logger("odoo.http"):
            response = self.send(
                files={"files": ("a.txt", b"x" * (31 * 1024 * 1024), "text/plain")}
            )

        self.assertIn(response.status_code, (400, 413))
        self.assertFalse(self.new)

    def test_t3_without_the_sessions_token_nothing_is_taken(self):
        with mute_logger("odoo.http"):
            response = self.url_open(
                "/complaint/send", data={"description": "x", "email_from": "a@b.example.com"}
            )

        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.new)

    def test_t10_an_address_that_sends_too_many_is_stopped_and_loses_no_word(self):
        answers = [
            self.send(email_from=f"n{i}@new.example.com", description="My words") for i in range(11)
        ]

        self.assertEqual([answer.status_code for answer in answers], [200] * 10 + [429])
        self.assertIn("My words", answers[-1].text)
        self.assertEqual(len(self.new), 10)

    def test_t10_nobodys_mailbox_is_flooded(self):
        answers = [self.send() for _i in range(6)]

        self.assertEqual([answer.status_code for answer in answers], [200] * 5 + [429])

    def test_t10_all_senders_together_have_a_limit(self):
        self.env.company.complaint_form_limit = 1

        answers = [self.send(email_from=f"n{i}@new.example.com") for i in range(2)]

        self.assertEqual([answer.status_code for answer in answers], [200, 429])

    def test_t10_what_was_counted_is_forgotten_and_holds_no_address(self):
        hits = self.env["crm.complaint.form.hit"].sudo()
        with freeze_time("2026-01-01 08:00:00"):
            self.assertTrue(hits._note("192.0.2.1", "nina@new.example.com", "stamp"))
            self.assertEqual(hits._count("192.0.2.1", None), (1, 0, 1))
        with freeze_time("2026-01-01 09:30:00"):
            self.assertEqual(hits._count("192.0.2.1", "nina@new.example.com"), (0, 0, 0))
        self.assertNotIn("192.0.2.1", str(hits.search([]).read()))
        with freeze_time("2026-01-04"):
            hits._gc_hits()

        self.assertFalse(hits.search([]))

    def test_t10_what_looks_like_a_machine_waits_in_quarantine_and_can_be_confirmed(self):
        quarantine = self.env["crm.complaint.quarantine"]
        for typed in ({"homepage": "https://spam.example.com"}, {"seconds": 0}):
            with self.subTest(typed=typed):
                response = self.send(
                    phone="+49 30 777",
                    files={"files": ("cup.txt", b"picture", "text/plain")},
                    **typed,
                )
                entry = quarantine.search([], limit=1)
                self.assertEqual(response.status_code, 200)
                self.assertIn("Look into your mailbox", response.text)
                self.assertRecordValues(
                    entry,
                    [{"reason": "form", "state": "waiting", "sender": "nina@new.example.com"}],
                )
                self.assertFalse(self.new)
                self.assertFalse(self._mails)
        with self.mock_mail_gateway():
            entry.with_user(self.manager).action_register()
            self.env["mail.mail"].process_email_queue()

        self.assertRecordValues(
            self.new,
            [
                {
                    "name": "Broken cup",
                    "contact_name": "Nina New",
                    "phone": "+49 30 777",
                    "date_received": entry.date_received,
                    "channel_id": self.env["crm.complaint.channel"]._get_by_code("website").id,
                }
            ],
        )
        self.assertEqual(self.new.message_ids.attachment_ids.mapped("name"), ["cup.txt"])
        self.assertEqual(self._mails[0]["email_to"], ["nina@new.example.com"])

    def test_t18_a_second_click_makes_no_second_complaint(self):
        with freeze_time(fields.Datetime.now() - timedelta(minutes=1)):
            stamp = self.own._stamp_form()

        answers = [self.send(stamp=stamp) for _i in range(2)]

        self.assertEqual([answer.status_code for answer in answers], [200, 200])
        self.assertEqual(len(self.new), 1)

    def test_t18_a_form_of_yesterday_is_sent_anew(self):
        response = self.send(seconds=25 * 3600)

        self.assertEqual(response.status_code, 400)
        self.assertIn("The cup came", response.text)

    def test_a_company_that_wants_no_form_has_none(self):
        self.env.company.has_complaint_form = False

        self.assertEqual(self.url_open("/complaint").status_code, 404)
        self.assertEqual(self.send().status_code, 404)
        self.assertFalse(self.new)


@tagged("post_install", "-at_install")
class TestPortalForm(FormCase):
    """The form of a signed-in customer."""

    def setUp(self):
        super().setUp()
        self.authenticate("cmp_customer", "cmp_customer")

    def test_a_customer_hands_in_a_complaint_and_sees_its_page(self):
        remedy = self.env["crm.complaint.remedy"].search([], limit=1)

        response = self.send("/my/complaints/send", remedy_demanded_id=remedy.id)

        self.assertIn(f"/my/complaints/{self.new.id}", response.url)
        self.assertIn(self.new.number, response.text)
        self.assertRecordValues(
            self.new,
            [
                {
                    "partner_id": self.petra.id,
                    "email_from": self.petra.email,
                    "remedy_demanded_id": remedy.id,
                    "create_uid": self.customer_user.id,
                }
            ],
        )
        self.assertEqual(self.new.channel_id.code, "portal")

    def test_t4_nobody_complains_in_anothers_name(self):
        self.send("/my/complaints/send", partner_id=self.customer.id, email_from="x@y.example.com")

        self.assertEqual(self.new.partner_id, self.petra)
        self.assertEqual(self.new.email_from, self.petra.email)

    def test_t5_garbage_gets_a_clear_answer(self):
        for typed in ({"description": ""}, {"category_id": "x"}, {"stamp": "x"}):
            with self.subTest(typed=typed):
                response = self.send("/my/complaints/send", **typed)
                self.assertEqual(response.status_code, 400)
                self.assertIn("Broken cup", response.text)

    def test_t18_a_second_click_makes_no_second_complaint(self):
        stamp = self.own._stamp_form()

        for _i in range(2):
            self.send("/my/complaints/send", stamp=stamp)

        self.assertEqual(len(self.new), 1)

    def test_t10_a_customer_cannot_flood_us_either(self):
        hits = self.env["crm.complaint.form.hit"].sudo()
        for _i in range(20):
            hits._note(f"user {self.customer_user.id}", None)

        response = self.send("/my/complaints/send")

        self.assertEqual(response.status_code, 400)
        self.assertIn("many complaints within an hour", response.text)

    def test_visitors_are_asked_to_sign_in(self):
        self.authenticate(None, None)

        self.assertIn("/web/login", self.url_open("/my/complaints/new").url)
