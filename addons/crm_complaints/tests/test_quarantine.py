from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .mail_common import MailCase


@freeze_time("2026-03-02 08:00:00")
class TestQuarantine(MailCase):
    """Managers decide about mails in quarantine; each decision stays on record."""

    def _entry(self, number=1, **headers):
        headers.setdefault("Precedence", "bulk")
        self.receive(self.mail(number, **headers))
        return self.quarantine()[:1].with_user(self.manager)

    def test_a_manager_makes_a_complaint_received_when_the_mail_was(self):
        entry = self._entry(Date="Sun, 01 Mar 2026 10:00:00 +0000")

        entry.action_register()

        complaint = entry.complaint_id
        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "Damaged boxes",
                    "partner_id": self.customer.id,
                    "team_id": self.team.id,
                    "category_id": self.category.id,
                }
            ],
        )
        self.assertEqual(str(complaint.date_received), "2026-03-01 10:00:00")
        mail = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertIn("Two boxes", mail.body)
        self.assertEqual(mail.author_id, self.customer)
        self.assertRecordValues(
            entry.deed_ids, [{"deed": "registered", "user_id": self.manager.id}]
        )

    def test_a_reply_to_a_mail_from_quarantine_joins_its_complaint(self):
        entry = self._entry()
        entry.action_register()

        self.receive(self.mail(2, In_Reply_To="<1@customer.example.com>", body="More."))

        self.assertIn("More.", entry.complaint_id.message_ids[0].body)

    def test_a_complaint_is_made_of_a_mail_nobody_can_read(self):
        raw = self.mail(1, Precedence="bulk").as_bytes()
        self.receive(raw.replace(b'charset="utf-8"', b'charset="x-unheard-of"'))
        entry = self.quarantine().with_user(self.manager)

        entry.action_register()

        mail = entry.complaint_id.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertIn("Two boxes", entry.complaint_id.description)
        self.assertEqual(mail.attachment_ids.mapped("name"), ["mail.eml"])

    def test_a_mail_is_added_to_a_complaint_as_a_note_unless_it_is_to_be_shown(self):
        complaint = self.complaint()
        entry, other = self._entry(1), self._entry(2)
        wizards = self.env["crm.complaint.decide"].with_user(self.manager)

        for mail, is_public in ((entry, False), (other, True)):
            wizards.create(
                {
                    "quarantine_ids": mail.ids,
                    "deed": "attach",
                    "complaint_id": complaint.id,
                    "is_public": is_public,
                }
            ).action_decide()

        public, note = complaint.message_ids[:2]
        self.assertEqual((public + note).subtype_id.mapped("internal"), [False, True])
        self.assertEqual((entry + other).mapped("state"), ["attached"] * 2)

    def test_a_mail_is_dismissed_for_a_reason_only(self):
        entry = self._entry()

        with self.assertRaisesRegex(UserError, "Say why"):
            entry._dismiss(" ")
        entry._dismiss("Advertising")

        self.assertEqual(entry.state, "dismissed")
        self.assertEqual(entry.deed_ids.reason, "Advertising")

    def test_what_was_dismissed_can_be_taken_up_again(self):
        entry = self._entry()
        entry._dismiss("Advertising")

        entry.action_reopen()

        self.assertEqual(entry.state, "waiting")
        entry.invalidate_recordset(["deed_ids"])
        self.assertEqual(entry.deed_ids.mapped("deed"), ["reopened", "dismissed"])

    def test_t18_a_mail_is_decided_about_once(self):
        entry = self._entry()
        entry.action_register()

        with self.assertRaisesRegex(UserError, "decided already"):
            entry.action_register()
        with self.assertRaisesRegex(UserError, "decided already"):
            entry._dismiss("Advertising")

    def test_t19_nobody_deletes_or_rewrites_a_mail_or_a_decision(self):
        entry = self._entry()
        entry._dismiss("Advertising")

        for record in (entry.sudo(), entry.sudo().deed_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.unlink()
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.write({"create_uid": self.clerk.id})
        with self.assertRaises(AccessError):
            entry.attachment_id.unlink()
        with self.assertRaises(AccessError):
            entry.attachment_id.raw = b"other"

    def test_t14_only_managers_see_and_decide(self):
        entry = self._entry()

        for user in (self.clerk, self.all_clerk, self.outsider, self.customer_user):
            mine = entry.with_user(user)
            for deed in (
                mine.action_register,
                mine.action_reopen,
                mine.action_download,
                lambda mine=mine: mine._dismiss("x"),
                lambda mine=mine: mine._attach_to(self.complaint()),
                lambda mine=mine: mine.read(["name"]),
                lambda mine=mine: mine.attachment_id.read(["raw"]),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    deed()
            self.assertEqual(mine.get_waiting_count(), 0)
        self.assertEqual(entry.get_waiting_count(), 1)

    def test_t15_a_manager_does_not_see_mails_of_a_complaint_about_himself(self):
        complaint = self.complaint(about_user_ids=self.manager.ids)
        message = complaint.message_post(body="Hello")
        self.receive(self.mail(1, "eve@elsewhere.example.com", In_Reply_To=message.message_id))
        entry = self.quarantine()

        self.assertEqual(entry.complaint_id, complaint)
        mine = entry.with_user(self.manager)
        self.assertFalse(mine.search([]))
        self.assertEqual(mine.get_waiting_count(), 0)
        with self.assertRaises(AccessError):
            mine.read(["name"])
        with self.assertRaises(AccessError):
            mine.action_register()

    def test_t15_mails_of_another_company_are_not_seen(self):
        entry = self._entry()
        company = self.env["res.company"].create({"name": "Other"})
        entry.sudo()._sealed_write({"company_id": company.id})

        self.assertFalse(entry.search([]))
        self.assertEqual(entry.get_waiting_count(), 0)

    def test_a_mail_is_added_only_to_a_complaint_the_decider_may_change(self):
        complaint = self.complaint(about_user_ids=self.manager.ids)
        entry = self._entry()

        with self.assertRaises(AccessError):
            entry._attach_to(complaint.with_user(self.manager))
