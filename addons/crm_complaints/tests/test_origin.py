from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw

from .common import ComplaintsCase


@freeze_time("2026-03-02 08:00:00")
class TestOrigin(ComplaintsCase):
    """Any message on a document becomes a complaint with one click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Ten chairs",
                "partner_id": cls.customer.id,
                "user_id": cls.salesman.id,
                "type": "opportunity",
            }
        )

    def _message(self, **values):
        return self.lead.message_post(
            **{
                "body": "They arrived broken",
                "message_type": "email",
                "author_id": self.customer.id,
                "subtype_xmlid": "mail.mt_comment",
                "date": "2026-02-27 15:00:00",
                "attachments": [("photo.png", b"picture")],
                **values,
            }
        )

    def _register(self, user, message):
        answer = call_kw(
            self.env["crm.complaint"].with_user(user), "register_message", [message.id], {}
        )
        return self.env["crm.complaint"].browse(answer["id"]), answer

    def test_t4_a_context_gives_nobody_access_to_what_he_hands_in(self):
        complaints = self.env["crm.complaint"].with_user(self.salesman)
        context = {
            "default_confidant_ids": [Command.link(self.salesman.id)],
            "default_outcome": "rejected",
        }

        answer = complaints.with_context(**context).register_message(self._message().id)

        complaint = self.env["crm.complaint"].browse(answer["id"])
        self.assertFalse(complaint.confidant_ids)
        self.assertFalse(complaint.outcome)

    def test_whoever_writes_on_anothers_document_complains_on_his_behalf(self):
        forwarder = self.env["res.partner"].create({"name": "Frank Forwarder"})

        complaint, _answer = self._register(self.salesman, self._message(author_id=forwarder.id))

        self.assertRecordValues(
            complaint,
            [{"partner_id": forwarder.id, "on_behalf_partner_id": self.customer.id}],
        )

    def test_the_clock_starts_at_the_messages_own_date(self):
        message = self._message()

        complaint, answer = self._register(self.salesman, message)

        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "They arrived broken",
                    "partner_id": self.customer.id,
                    "lead_id": self.lead.id,
                    "origin_message_id": message.id,
                    "create_uid": self.salesman.id,
                }
            ],
        )
        self.assertEqual(str(complaint.date_received), "2026-02-27 15:00:00")
        self.assertEqual(complaint.channel_id.code, "chatter")
        self.assertEqual(answer["number"], complaint.number)
        self.assertEqual((answer["is_new"], answer["is_readable"]), (True, False))

    def test_files_of_the_message_come_along(self):
        complaint, _answer = self._register(self.salesman, self._message())

        files = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.complaint"), ("res_id", "=", complaint.id)]
        )
        self.assertEqual(files.mapped("name"), ["photo.png"])

    def test_each_side_tells_of_the_other(self):
        complaint, _answer = self._register(self.salesman, self._message())

        self.assertIn("Ten chairs", complaint.message_ids[0].body)
        self.assertIn(complaint.number, self.lead.message_ids[0].body)
        self.assertEqual(complaint.action_origin()["res_id"], self.lead.id)

    def test_a_second_click_finds_the_same_complaint(self):
        self.manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        message = self._message()
        first, _answer = self._register(self.salesman, message)

        second, answer = self._register(self.manager, message)

        self.assertEqual(first, second)
        self.assertEqual((answer["is_new"], answer["is_readable"]), (False, True))

    def test_t21_whoever_may_not_see_it_learns_neither_id_nor_number(self):
        message = self._message()
        complaint, first = self._register(self.salesman, message)

        for hide in ({}, {"is_confidential": True}, {"about_user_ids": self.manager.ids}):
            complaint.write(hide)
            seller = self._make_users(
                (
                    f"cmp_seller{len(hide)}{bool(hide.get('about_user_ids'))}",
                    "Sonja Seller",
                    "sales_team.group_sale_salesman_all_leads",
                )
            )
            reader = self.manager if hide.get("about_user_ids") else seller
            if reader == self.manager:
                reader.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
            with self.subTest(hide):
                _found, answer = self._register(reader, message)

                self.assertEqual(
                    answer, {"id": False, "number": False, "is_new": False, "is_readable": False}
                )
        self.assertEqual(first["number"], complaint.number)

    def test_a_message_from_the_future_starts_the_clock_now(self):
        complaint, _answer = self._register(
            self.salesman, self._message(date="2027-01-01 00:00:00")
        )

        self.assertEqual(str(complaint.date_received), "2026-03-02 08:00:00")

    def test_what_an_employee_noted_is_a_complaint_of_the_documents_customer(self):
        message = self._message(author_id=self.salesman.partner_id.id, message_type="comment")

        complaint, _answer = self._register(self.salesman, message)

        self.assertEqual(complaint.partner_id, self.customer)

    def test_t1_a_message_out_of_reach_makes_no_complaint(self):
        message = self._message()

        for user in (self.outsider, self.customer_user, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._register(user, message)

    def test_t5_garbage_is_told_in_plain_words(self):
        complaints = self.env["crm.complaint"].with_user(self.salesman)

        for value in (0, -1, 10**9, "1", [1], None, True):
            with self.subTest(value=value), self.assertRaises(UserError):
                complaints.register_message(value)

    def test_a_message_of_a_complaint_makes_no_second_one(self):
        message = self.complaint().message_post(body="More")

        with self.assertRaisesRegex(UserError, "part of a complaint"):
            self._register(self.manager, message)

    def test_t21_the_note_is_taken_back_when_the_complaint_becomes_confidential(self):
        complaint, _answer = self._register(self.salesman, self._message())
        note = complaint.origin_note_id

        complaint.with_user(self.manager).is_confidential = True

        self.assertFalse(note.exists())

    def test_t1_the_way_back_is_open_to_whoever_may_read_the_document(self):
        complaint, _answer = self._register(self.salesman, self._message())
        complaint.user_id = self.clerk

        with self.assertRaises(AccessError):
            complaint.with_user(self.clerk).action_origin()
