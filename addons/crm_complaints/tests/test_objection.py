from freezegun import freeze_time
from markupsafe import Markup

from odoo.exceptions import UserError

from .common import ComplaintsCase


class TestObjection(ComplaintsCase):
    """What customers write about ended cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.complaint_reopen_days = 30
        with freeze_time("2026-03-02 08:00:00"):
            cls.case = cls.complaint(is_confidential=True)
            cls.case.stage_id = cls.stage_acknowledged
            cls.case.stage_id = cls.stage_closed

    def write(self, body="<p>The second box is broken too</p>", **values):
        """Post as the customer, as the mail gateway and the portal do."""
        return self.case.message_post(
            **{
                "body": Markup(body),  # as both hand it on
                "author_id": self.customer.id,
                "message_type": "email",
                "subtype_xmlid": "mail.mt_comment",
                **values,
            }
        )

    @freeze_time("2026-03-10 08:00:00")
    def test_within_the_term_the_same_case_goes_on(self):
        self.write()

        self.assertEqual(self.case.stage_id, self.stage_acknowledged)
        self.assertEqual(self.case.move_ids.sorted("id")[-1:].way, "mail")

    @freeze_time("2026-03-10 08:00:00")
    def test_a_colleague_of_the_customer_may_object_as_well(self):
        colleague = self.env["res.partner"].create(
            {"name": "Otis Other", "parent_id": self.company_partner.id}
        )

        self.write(author_id=colleague.id)

        self.assertEqual(self.case.state, "open")

    @freeze_time("2026-03-10 08:00:00")
    def test_a_customer_without_a_contact_is_known_by_his_address(self):
        self.case.write({"partner_id": False, "email_from": "carla@customer.example.com"})

        self.write(author_id=False, email_from='"Carla" <CARLA@customer.example.com>')

        self.assertEqual(self.case.state, "open")

    @freeze_time("2026-03-10 08:00:00")
    def test_what_says_nothing_reopens_nothing(self):
        silent = {
            "thanks": {"body": "<p>Thank you very much!</p><p>Carla Customer</p>"},
            "thanks with a quote": {
                "body": '<p>Thanks</p><blockquote data-o-mail-quote="1">Still broken?</blockquote>'
            },
            "a machine": {"subject": "Automatic reply: Delivered late"},
            "a stranger": {"author_id": False, "email_from": "eve@elsewhere.example.com"},
            "an employee": {"author_id": self.clerk.partner_id.id},
            "a note": {"subtype_xmlid": "mail.mt_note"},
            "the system": {"message_type": "notification"},
        }
        for name, values in silent.items():
            with self.subTest(name):
                self.write(**values)
                self.assertEqual(self.case.stage_id, self.stage_closed)
        self.assertFalse(self.case.next_ids)

    @freeze_time("2026-03-10 08:00:00")
    def test_thanks_with_a_file_are_read(self):
        self.write(body="<p>Thanks</p>", attachments=[("photo.txt", b"broken")])

        self.assertEqual(self.case.state, "open")

    @freeze_time("2026-05-10 08:00:00")
    def test_after_the_term_a_new_case_takes_message_and_files(self):
        self.write(attachments=[("photo.txt", b"broken")])

        later = self.case.next_ids
        self.assertEqual(self.case.state, "closed")
        self.assertIn("second box", later.description)
        self.assertEqual(later.channel_id.code, "mail")
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "crm.complaint"), ("res_id", "=", later.id)]
        )
        self.assertEqual(files.mapped("name"), ["photo.txt"])

    @freeze_time("2026-05-10 08:00:00")
    def test_what_comes_next_goes_to_the_case_that_goes_on(self):
        self.write()
        self.write(body="<p>And the third</p>")

        later = self.case.next_ids
        self.assertEqual(len(later), 1)
        self.assertIn("And the third", "".join(later.message_ids.mapped("body")))

    @freeze_time("2026-05-10 08:00:00")
    def test_t21_the_new_case_is_as_confidential_as_the_old(self):
        self.case.about_user_ids = self.colleague

        self.write()

        self.assertTrue(self.case.next_ids.is_confidential)
        self.assertEqual(self.case.next_ids.about_user_ids, self.colleague)
        self.assertFalse(self.case.next_ids.with_user(self.colleague).has_access("read"))

    @freeze_time("2026-03-10 08:00:00")
    def test_a_message_that_cannot_reopen_is_kept_and_somebody_looks(self):
        def refuse(complaint):
            raise UserError(complaint.number)

        self.patch(self.registry["crm.complaint"], "_get_stage_to_reopen", refuse)

        message = self.write()

        self.assertTrue(message.exists())
        self.assertEqual(self.case.activity_ids.user_id, self.clerk)

    @freeze_time("2026-03-10 08:00:00")
    def test_a_message_on_an_open_case_moves_nothing(self):
        case = self.complaint()

        case.message_post(
            body="More",
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

        self.assertEqual(case.stage_id, self.stage_received)
