from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.crm_complaints.models.customer import crm_complaint_page_deed
from odoo.addons.crm_complaints.way import MAIL, by_way

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCase):
    """Threats T1, T3, T5, T9, T14, T15, T21: who reaches a customer's page, and by which door."""

    def test_the_customer_sees_his_complaint_in_plain_words(self):
        self.authenticate("cmp_customer", "cmp_customer")

        response = self.page(self.own)

        self.assertEqual(response.status_code, 200)
        for text in (self.own.number, "Own case", "We have received your complaint", "damaged"):
            self.assertIn(text, response.text)

    def test_t1_who_opens_which_page(self):
        secret = self.complaint(partner_id=self.petra.id, is_confidential=True)
        cases = {"own": self.own, "foreign": self.foreign, "secret": secret}
        table = {
            "cmp_customer": {"own": 200, "foreign": 404, "secret": 200},
            "cmp_peer": {"own": 200, "foreign": 404, "secret": 404},
            "cmp_stranger": {"own": 404, "foreign": 200, "secret": 404},
            "cmp_outsider": {"own": 404, "foreign": 404, "secret": 404},
            "cmp_clerk": {"own": 404, "foreign": 404, "secret": 404},
        }
        for login, answers in table.items():
            self.authenticate(login, login)
            for name, status in answers.items():
                for suffix in ("", "/pdf" if status == 404 else ""):
                    with self.subTest(login=login, case=name, suffix=suffix):
                        self.assertEqual(self.page(cases[name], suffix).status_code, status)

    def test_t1_a_stranger_can_do_nothing_with_it(self):
        self._answer(self.own)
        attachment = self._post_file(self.own)
        self.authenticate("cmp_stranger", "cmp_stranger")

        for suffix, data in (
            ("/message", {"text": "Foreign words"}),
            ("/reply", {"reply": "accept"}),
        ):
            with self.subTest(suffix):
                response = self.post(f"/my/complaints/{self.own.id}{suffix}", **data)
                self.assertEqual(response.status_code, 404)
        # the file of a foreign complaint, also by way of the own one
        for complaint in (self.own, self.foreign):
            with self.subTest(complaint=complaint.name):
                self.assertEqual(self.page(complaint, f"/file/{attachment.id}").status_code, 404)
        self.assertFalse(self.own.consent_ids)
        self.assertNotIn("Foreign words", str(self.own.message_ids.mapped("body")))

    def test_t1_what_is_not_his_looks_like_what_is_not_there(self):
        self.authenticate("cmp_stranger", "cmp_stranger")
        missing = self.own.browse(10**8)

        foreign, missing = self.page(self.own), self.page(missing)

        self.assertEqual((foreign.status_code, missing.status_code), (404, 404))
        self.assertNotIn("Own case", foreign.text)

    def test_t1_visitors_are_asked_to_sign_in_whether_it_exists_or_not(self):
        self.authenticate(None, None)

        for complaint in (self.own, self.own.browse(10**8)):
            response = self.url_open(f"/my/complaints/{complaint.id}", allow_redirects=False)
            with self.subTest(complaint=complaint.id):
                self.assertEqual(response.status_code, 303)
                self.assertTrue(
                    response.headers["Location"].endswith(
                        f"/web/login?redirect=/my/complaints/{complaint.id}"
                    )
                )

    def test_t14_no_method_of_the_model_answers_a_customer(self):
        complaint = self.own.with_user(self.customer_user)
        doors = {
            "read": lambda: complaint.read(["name"]),
            "search_count": lambda: complaint.search_count([]),
            "name_search": lambda: complaint.name_search("Own"),
            "_read_group": lambda: complaint._read_group([], [], ["__count"]),
            "write": lambda: complaint.write({"name": "x"}),
            "message_post": lambda: complaint.message_post(body="x"),
            "get_portal_url": complaint.get_portal_url,
            "consent": lambda: complaint.env["crm.complaint.consent"].search([]),
            "hits": lambda: complaint.env["crm.complaint.form.hit"].search([]),
        }
        for name, door in doors.items():
            with self.subTest(name), self.assertRaises(AccessError):
                door()

    def test_t14_a_clerk_gets_no_link_to_what_he_does_not_see(self):
        with self.assertRaises(AccessError):
            self.own.with_user(self.colleague).get_portal_url()

        self.assertIn("access_token=", self.own.with_user(self.clerk).get_portal_url())

    def test_t15_a_complaint_at_another_company_is_not_on_his_list(self):
        company = self._make_other_company()
        other = self.complaint(
            name="Other company",
            partner_id=self.petra.id,
            company_id=company.id,
            team_id=False,
            user_id=False,
        )
        self.authenticate("cmp_customer", "cmp_customer")

        self.assertNotIn("Other company", self.url_open("/my/complaints").text)
        self.assertEqual(self.page(other).status_code, 404)

    def test_t21_search_and_counter_speak_of_own_complaints_only(self):
        self.authenticate("cmp_stranger", "cmp_stranger")

        listed = self.url_open("/my/complaints", params={"search": "case"}).text
        found = self.url_open("/my/complaints", params={"search": self.own.number}).text
        names = ["complaint_count", "complaint_yours_count"]
        counted = self.make_jsonrpc_request("/my/counters", {"counters": names})

        self.assertIn("Foreign case", listed)
        self.assertNotIn("Own case", listed)
        self.assertIn("Nothing fits this search", found)
        self.assertEqual(counted, {"complaint_count": 1, "complaint_yours_count": 0})

    def test_t5_unknown_keys_in_the_address_of_the_list_count_as_not_there(self):
        self.authenticate("cmp_customer", "cmp_customer")

        for query in (
            "sortby=create_uid;drop",
            "filterby=%5B%5D",
            "search_in=user_id.login&search=x",
            "search=%00%25_%27&search_in=all",
            "search=" + "x" * 20_000,
            "page=abc",
            "page=%C2%B2",
            "page=" + "9" * 5000,
            "page=-1&sortby=&filterby=",
        ):
            with self.subTest(query[:30]):
                self.assertEqual(self.url_open(f"/my/complaints?{query}").status_code, 200)
        self.assertEqual(self.url_open("/my/complaints/page/99999999").status_code, 200)

    def test_t5_impossible_numbers_are_not_found(self):
        self.authenticate("cmp_customer", "cmp_customer")

        for path in ("0", "9" * 30, "-1", "abc", f"{self.own.id}/file/{'9' * 30}"):
            with self.subTest(path):
                self.assertEqual(self.url_open(f"/my/complaints/{path}").status_code, 404)

    def test_t3_nothing_changes_by_opening_an_address(self):
        self._answer(self.own)
        self.authenticate("cmp_customer", "cmp_customer")

        for suffix in ("/message?text=x", "/reply?reply=accept"):
            with self.subTest(suffix), mute_logger("odoo.http"):
                response = self.url_open(f"/my/complaints/{self.own.id}{suffix}")
                self.assertIn(response.status_code, (404, 405))
        self.assertFalse(self.own.consent_ids)

    def test_t3_a_form_of_another_site_is_refused(self):
        self._answer(self.own)
        self.authenticate("cmp_customer", "cmp_customer")

        with mute_logger("odoo.http"):
            response = self.url_open(
                f"/my/complaints/{self.own.id}/reply", data={"reply": "accept"}
            )

        self.assertEqual(response.status_code, 400)
        self.assertFalse(self.own.consent_ids)

    def test_t9_nobody_is_sent_to_another_site(self):
        self.authenticate("cmp_customer", "cmp_customer")

        response = self.url_open(
            f"/my/complaints/{self.own.id}/message",
            data={
                "csrf_token": self.csrf_token(),
                "text": "Hello",
                "redirect": "https://evil.example.com",
                "callback": "//evil.example.com",
            },
            allow_redirects=False,
        )

        self.assertEqual(response.status_code, 303)
        self.assertIn(f"/my/complaints/{self.own.id}?done=message", response.headers["Location"])
        self.assertNotIn("evil", response.headers["Location"])

    def _post_file(self, complaint):
        message = complaint.message_post(
            body="See the file",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[("answer.txt", b"Our answer")],
        )
        return message.attachment_ids


@tagged("post_install", "-at_install")
class TestPortalPage(PortalCase):
    """What the customer sees and does. Threats T4, T6, T12, T18."""

    def setUp(self):
        super().setUp()
        self.authenticate("cmp_customer", "cmp_customer")

    def test_the_next_date_promised_is_shown_and_a_missed_one_admitted(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "In two days", "term_amount": 2, "term_unit": "calendar_days"}
        )
        self.own._deadline_start(policy, "call_back")

        self.assertIn("You hear from us by", self.page(self.own).text)
        self.assertIn("You hear from us by", self.url_open("/my/complaints").text)

        self.foreign.partner_id = self.petra
        self.foreign._deadline_start(policy, "call_back", date="2020-01-01 00:00:00")

        self.assertIn("We are late, and we are sorry", self.page(self.foreign).text)

    def test_t15_notes_and_their_files_stay_inside(self):
        note = self.own.message_post(
            body="He always complains",
            message_type="comment",
            attachments=[("note.txt", b"Internal")],
        )
        answer = self.own.message_post(
            body="We send a new one",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=[("answer.txt", b"Our answer")],
        )

        text = self.page(self.own).text
        inside = self.page(self.own, f"/file/{note.attachment_ids.id}")
        outside = self.page(self.own, f"/file/{answer.attachment_ids.id}")

        self.assertNotIn("He always complains", text)
        self.assertNotIn("note.txt", text)
        self.assertIn("We send a new one", text)
        self.assertEqual(inside.status_code, 404)
        self.assertEqual(outside.content, b"Our answer")
        self.assertIn("attachment", outside.headers["Content-Disposition"])

    def test_a_message_with_a_file_arrives_and_tells_who_is_responsible(self):
        response = self.post(
            f"/my/complaints/{self.own.id}/message",
            files={"files": ("photo.txt", b"words", "text/plain")},
            text="Here is the picture",
        )

        message = self.own.message_ids[0]
        self.assertEqual(response.status_code, 200)
        self.assertIn("Your message has arrived", response.text)
        self.assertEqual(message.author_id, self.petra)
        self.assertEqual(message.attachment_ids.name, "photo.txt")
        self.assertIn(self.clerk.partner_id, message.notified_partner_ids)

    def test_t12_files_that_run_are_refused_and_the_text_stays(self):
        for name, content in (
            ("x.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
            ("x.html", b"<!DOCTYPE html><html><script>1</script></html>"),
            ("x.pdf", b"<!DOCTYPE html><html><script>1</script></html>"),
            ("x.png.exe", b"MZ" + b"\0" * 100),
            ("empty.txt", b""),
        ):
            with self.subTest(name):
                response = self.post(
                    f"/my/complaints/{self.own.id}/message",
                    files={"files": (name, content, "image/png")},
                    text="My words",
                )
                self.assertEqual(response.status_code, 400)
                self.assertIn("My words", response.text)
        self.assertFalse(self.own.message_ids.attachment_ids)

    def test_t12_too_many_files_are_refused(self):
        response = self.post(
            f"/my/complaints/{self.own.id}/message",
            files=[("files", (f"{i}.txt", b"words", "text/plain")) for i in range(6)],
        )

        self.assertEqual(response.status_code, 400)
        self.assertIn("At most 5 files", response.text)

    def test_t10_a_page_takes_as_many_messages_as_people_write(self):
        for _number in range(2):
            # ours do not count
            self.own.message_post(
                body="Our words",
                author_id=self.clerk.partner_id.id,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

        with patch.object(crm_complaint_page_deed, "MOST_MESSAGES", 2):
            codes = [
                self.post(f"/my/complaints/{self.own.id}/message", text=f"Words {i}").status_code
                for i in range(3)
            ]

        self.assertEqual(codes, [200, 200, 400])
        self.assertEqual(len(self.own._get_page_messages()), 4)

    def test_t12_names_of_files_lose_folders_and_odd_letters(self):
        clean = self.own._clean_file_name

        self.assertEqual(clean("../../etc/passwd.txt"), "passwd.txt")
        self.assertEqual(clean("C:\\temp\\a\x00b\n.txt"), "ab.txt")
        self.assertEqual(clean(""), "file")
        self.assertEqual(len(clean("x" * 500 + ".txt")), 100)

    def test_t5_nothing_and_too_much_are_told(self):
        for text, words in (("   ", "Write a message"), ("x" * 20_001, "too long")):
            with self.subTest(words):
                response = self.post(f"/my/complaints/{self.own.id}/message", text=text)
                self.assertEqual(response.status_code, 400)
                self.assertIn(words, response.text)

    def test_t6_script_in_any_text_is_shown_as_text(self):
        script = "<script>alert(1)</script>"
        self.own.write({"name": script, "reference": script, "contact_name": script})
        self.petra.name = script

        response = self.post(
            f"/my/complaints/{self.own.id}/message",
            files={"files": (f"{script}.txt", b"words", "text/plain")},
            text=script,
        )

        self.assertEqual(response.status_code, 200)
        for page in (response.text, self.url_open("/my/complaints").text):
            self.assertNotIn(script, page)
            self.assertIn("&lt;script&gt;", page)
        self.assertNotIn(script, self._print(self.own))

    def test_accepting_the_answer_is_recorded_for_good(self):
        self._answer(self.own)

        response = self.post(f"/my/complaints/{self.own.id}/reply", reply="accept")

        self.assertIn("settles the matter", response.text)
        self.assertRecordValues(
            self.own.consent_ids,
            [
                {
                    "is_accepted": True,
                    "partner_id": self.petra.id,
                    "user_id": self.customer_user.id,
                    "way": "portal",
                }
            ],
        )
        self.assertEqual(self.own.activity_ids.user_id, self.clerk)
        self.assertEqual(self.own.stage_id, self.stage_answered)
        with self.assertRaises(AccessError):
            self.own.consent_ids.sudo().write({"is_accepted": False})

    def test_contesting_needs_a_reason_and_goes_to_the_second_instance(self):
        self._answer(self.own)

        empty = self.post(f"/my/complaints/{self.own.id}/reply", reply="contest")
        self.post(f"/my/complaints/{self.own.id}/reply", reply="contest", text="You are wrong")

        self.assertEqual(empty.status_code, 400)
        self.assertEqual(self.own.consent_ids.mapped("is_accepted"), [False])
        self.assertIn("You are wrong", str(self.own.message_ids.mapped("body")))
        self.assertEqual(
            self.own.stage_id, self.env.ref("crm_complaints.crm_complaint_stage_second_instance")
        )
        self.assertEqual(self.own.move_ids[0].way, "portal")

    def test_what_is_missing_for_closing_never_reaches_the_customer(self):
        """An upheld case without causes cannot be closed; that is no trouble of the customer's."""
        self.process.active = True
        for reply in ("accept", "contest"):
            case = self.complaint(partner_id=self.petra.id, outcome="upheld")
            with by_way(MAIL):
                self._answer(case)
            self.authenticate("cmp_customer", "cmp_customer")

            response = self.post(f"/my/complaints/{case.id}/reply", reply=reply, text="Thank you")

            with self.subTest(reply):
                self.assertTrue(case.causes_guidance)
                self.assertEqual(response.status_code, 200)
                self.assertEqual(case.consent_ids.is_accepted, reply == "accept")
                self.assertNotEqual(case.stage_id, self.stage_closed)

    def test_t18_a_second_click_is_not_a_second_reply(self):
        self._answer(self.own)

        for reply in ("accept", "contest", "both", ""):
            response = self.post(f"/my/complaints/{self.own.id}/reply", reply=reply, text="Words")

        self.assertEqual(response.status_code, 400)
        self.assertEqual(self.own.consent_ids.mapped("is_accepted"), [True])

    def test_before_the_answer_there_is_nothing_to_accept(self):
        response = self.post(f"/my/complaints/{self.own.id}/reply", reply="accept")

        self.assertEqual(response.status_code, 400)
        self.assertNotIn("Does our answer settle", self.page(self.own).text)

    def test_t4_nothing_but_the_text_is_taken_from_a_message(self):
        before = self.own.read(["stage_id", "user_id", "outcome", "partner_id"])

        self.post(
            f"/my/complaints/{self.own.id}/message",
            text="Hello",
            stage_id=self.stage_closed.id,
            outcome="upheld",
            partner_id=self.customer.id,
            author_id=self.clerk.partner_id.id,
        )

        self.assertEqual(self.own.read(["stage_id", "user_id", "outcome", "partner_id"]), before)
        self.assertEqual(self.own.message_ids[0].author_id, self.petra)

    def test_the_print_shows_what_the_page_shows(self):
        self.own.message_post(body="Only for us")

        text = self._print(self.own)

        self.assertIn("Own case", text)
        self.assertNotIn("Only for us", text)

    def test_the_print_is_a_file_named_after_the_complaint(self):
        response = self.page(self.own, "/pdf")

        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn("C26_", response.headers["Content-Disposition"])

    def _print(self, complaint):
        # sudo: as the page does it
        report = self.env["ir.actions.report"].sudo()
        html, _kind = report._render_qweb_html(
            "crm_complaints.crm_complaint_page_report", complaint.ids
        )
        return html.decode()
