from freezegun import freeze_time

from odoo.tools import mute_logger

from .mail_common import MailCase

GATEWAY = "odoo.addons.crm_complaints.models.intake.crm_complaint_gateway"
BULKY = "x" * (1024 * 1024)


@freeze_time("2026-03-02 08:00:00")
class TestMail(MailCase):
    """A mail to a mailbox becomes a complaint, exactly once, or is kept in quarantine."""

    def test_a_mail_becomes_a_complaint_of_the_mailboxes_team(self):
        message = self.mail(1, Date="Sun, 01 Mar 2026 10:00:00 +0100")
        message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")

        complaint = self.receive(message)

        self.assertRecordValues(
            complaint,
            [
                {
                    "name": "Damaged boxes",
                    "partner_id": self.customer.id,
                    "email_normalized": "carla@customer.example.com",
                    "team_id": self.team.id,
                    "category_id": self.category.id,
                    "company_id": self.env.company.id,
                    "user_id": False,
                }
            ],
        )
        self.assertEqual(str(complaint.date_received), "2026-03-01 09:00:00")
        self.assertEqual(complaint.channel_id.code, "mail")
        self.assertEqual(complaint.move_ids.way, "mail")
        self.assertIn("Two boxes", complaint.description)
        mail = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertEqual(mail.attachment_ids.mapped("name"), ["a.pdf"])
        self.assertEqual(mail.author_id, self.customer)

    def test_the_same_mail_again_makes_nothing(self):
        complaint = self.receive(self.mail(1))
        messages = complaint.message_ids

        again = self.receive(
            self.mail(1, Received="from elsewhere; Mon, 2 Mar 2026 07:00:00 +0000")
        )

        self.assertTrue(complaint)
        self.assertFalse(again)
        self.assertEqual(complaint.message_ids, messages)
        self.assertFalse(self.quarantine())

    def test_another_mail_under_a_used_message_id_is_not_lost(self):
        self.receive(self.mail(1))

        made = self.receive(self.mail(1, body="Something else is broken."))

        self.assertFalse(made)
        self.assertEqual(self.quarantine().reason, "reused")

    def test_a_mail_without_message_id_makes_one_complaint_however_often(self):
        message = self.mail(1)
        del message["Message-Id"]

        first, second = self.receive(message), self.receive(message)

        self.assertEqual(len(first), 1)
        self.assertFalse(second)

    def test_a_reply_of_the_complainant_joins_his_complaint(self):
        complaint = self.receive(self.mail(1))

        made = self.receive(
            self.mail(2, In_Reply_To="<1@customer.example.com>", body="A photo follows.")
        )

        self.assertFalse(made)
        self.assertIn("A photo follows.", complaint.message_ids[0].body)
        self.assertFalse(complaint.message_ids[0].is_internal)

    def test_t13_a_reply_of_a_stranger_waits_in_quarantine(self):
        complaint = self.receive(self.mail(1))
        messages = complaint.message_ids

        for number, sender in enumerate(["eve@elsewhere.example.com", "not an address", ""], 2):
            with self.subTest(sender=sender):
                made = self.receive(
                    self.mail(number, sender, References="<1@customer.example.com>")
                )

                self.assertFalse(made)
                self.assertEqual(complaint.message_ids, messages)
                self.assertRecordValues(
                    self.quarantine()[0],
                    [{"reason": "stranger", "state": "waiting", "complaint_id": complaint.id}],
                )

    def _make_sales_mailbox(self):
        team = self.env["crm.team"].create({"name": "Sales by Mail", "use_leads": True})
        team.write({"alias_name": "rev-sales", "alias_contact": "everyone"})

    def test_t13_a_copy_to_others_lets_no_stranger_in(self):
        complaint = self.receive(self.mail(1))
        message = complaint.message_ids[-1]
        self._make_sales_mailbox()
        before = complaint.message_ids
        mail = self.mail(
            2,
            "eve@elsewhere.example.com",
            to="somebody@shop.example.com",
            subject="Copied",
            Cc="rev-sales@shop.example.com",
            In_Reply_To=message.message_id,
        )

        self.receive(mail)

        self.assertEqual(complaint.message_ids, before)
        self.assertRecordValues(
            self.quarantine(), [{"reason": "stranger", "complaint_id": complaint.id}]
        )

    def test_a_copy_to_others_is_an_answer_all_the_same(self):
        complaint = self.receive(self.mail(1))
        self._make_sales_mailbox()

        self.receive(
            self.mail(
                2,
                to="somebody@shop.example.com",
                Cc="rev-sales@shop.example.com",
                References="<1@customer.example.com>",
                body="A photo follows.",
            )
        )

        self.assertIn("A photo follows.", complaint.message_ids[0].body)

    def test_t13_a_stranger_who_writes_to_the_catchall_does_not_get_in_either(self):
        complaint = self.receive(self.mail(1))
        messages = complaint.message_ids

        self.receive(
            self.mail(
                2,
                "eve@elsewhere.example.com",
                to="catchall@shop.example.com",
                In_Reply_To="<1@customer.example.com>",
            )
        )

        self.assertEqual(complaint.message_ids, messages)
        self.assertEqual(self.quarantine().reason, "stranger")

    def test_t13_a_caller_cannot_name_the_complaint_a_mail_joins(self):
        complaint = self.complaint()
        messages = complaint.message_ids

        self.env["mail.thread"].message_process(
            "crm.complaint",
            self.mail(1, "eve@elsewhere.example.com", to="x@y.example.com").as_bytes(),
            thread_id=complaint.id,
        )

        self.assertEqual(complaint.message_ids, messages)
        self.assertEqual(self.quarantine().reason, "stranger")

    def test_an_employee_replies_by_mail_where_he_may_see_the_case(self):
        complaint = self.receive(self.mail(1))

        self.receive(self.mail(2, "cmp_clerk@example.com", In_Reply_To="<1@customer.example.com>"))
        self.receive(
            self.mail(3, "cmp_outsider@example.com", In_Reply_To="<1@customer.example.com>")
        )

        self.assertEqual(complaint.message_ids[0].author_id, self.clerk.partner_id)
        self.assertEqual(self.quarantine().mapped("sender"), ["cmp_outsider@example.com"])

    def test_a_mail_forwarded_by_an_employee_leaves_open_who_complains(self):
        complaint = self.receive(self.mail(1, "cmp_clerk@example.com"))

        self.assertRecordValues(complaint, [{"partner_id": False, "email_from": False}])

    def test_what_machines_write_makes_no_complaint_and_no_answer(self):
        for number, (headers, reason, state) in enumerate(
            [
                ({"Auto_Submitted": "auto-replied"}, "automatic_reply", "kept"),
                ({"Auto_Submitted": "auto-generated"}, "machine", "waiting"),
                ({"Precedence": "bulk"}, "machine", "waiting"),
                ({"X_Auto_Response_Suppress": "DR, OOF"}, "machine", "waiting"),
                ({"sender": "MAILER-DAEMON@mx.example.com"}, "bounce", "kept"),
                ({"sender": "complaints@shop.example.com"}, "loop", "kept"),
                ({"sender": "catchall@shop.example.com"}, "loop", "kept"),
            ]
        ):
            with self.subTest(headers):
                mails = self.env["mail.mail"].search_count([])

                made = self.receive(self.mail(number, **headers))

                self.assertFalse(made)
                self.assertRecordValues(self.quarantine()[0], [{"reason": reason, "state": state}])
                self.assertEqual(self.env["mail.mail"].search_count([]), mails)

    def test_a_mailbox_may_take_mails_of_machines_but_no_automatic_replies(self):
        self.mailbox.is_open_to_machines = True

        made = self.receive(self.mail(1, Auto_Submitted="auto-generated"))
        refused = self.receive(self.mail(2, Auto_Submitted="auto-replied"))

        self.assertTrue(made)
        self.assertFalse(made.date_receipt_sent)
        self.assertFalse(refused)

    def test_a_sender_who_writes_too_often_is_quarantined_not_dropped(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 3)

        made = [self.receive(self.mail(n, body=str(n))) for n in range(5)]

        self.assertEqual([len(complaint) for complaint in made], [1, 1, 1, 0, 0])
        self.assertEqual(self.quarantine().mapped("reason"), ["flood"] * 2)

    def test_a_sender_who_may_write_often_is_not_stopped(self):
        self.env["ir.config_parameter"].set_param("mail.gateway.loop.threshold", 2)
        self.env["mail.gateway.allowed"].create({"email": "carla@customer.example.com"})

        made = [self.receive(self.mail(n, body=str(n))) for n in range(4)]

        self.assertEqual([len(complaint) for complaint in made], [1] * 4)

    def test_t13_a_mail_our_server_found_forged_waits_in_quarantine(self):
        for number, (findings, is_kept) in enumerate(
            [
                ("mx.example.com; dmarc=fail (p=reject) header.from=customer.example.com", True),
                ("mx.example.com; spf=fail smtp.mailfrom=a@b.example; dkim=none", True),
                ("mx.example.com; spf=fail; dkim=pass header.d=customer.example.com", False),
                ("mx.example.com; spf=pass; dkim=pass; dmarc=pass", False),
            ]
        ):
            with self.subTest(findings):
                made = self.receive(self.mail(number, Authentication_Results=findings))

                self.assertEqual(bool(made), not is_kept)
                if is_kept:
                    self.assertRecordValues(
                        self.quarantine()[:1], [{"reason": "forged", "state": "waiting"}]
                    )

    def test_too_large_a_mail_is_kept_whole(self):
        self.env["ir.config_parameter"].set_param("crm_complaints.mail_max_mb", 1)
        message = self.mail(1)
        message.add_attachment(BULKY.encode(), maintype="image", subtype="png", filename="a.png")

        made = self.receive(message)

        entry = self.quarantine()
        self.assertFalse(made)
        self.assertEqual(entry.reason, "too_large")
        self.assertEqual(entry.attachment_id.raw, message.as_bytes())

    @mute_logger(GATEWAY)
    def test_letters_of_an_unknown_charset_are_not_lost(self):
        raw = self.mail(1).as_bytes().replace(b'charset="utf-8"', b'charset="x-unheard-of"')

        self.receive(raw)

        entry = self.quarantine()
        self.assertEqual(entry.reason, "unreadable")
        self.assertEqual(entry.excerpt, "Two boxes were damaged.")

    def test_a_mail_without_subject_and_text_is_a_complaint(self):
        message = self.mail(1, body="")
        del message["Subject"]

        complaint = self.receive(message)

        self.assertEqual(complaint.name, "Complaint without a subject")

    def test_t6_a_script_in_a_mail_does_no_harm(self):
        message = self.mail(1, subject="<script>alert(1)</script>")
        message.add_alternative("<p onclick='x()'>Bad<script>alert(2)</script></p>", "html")

        complaint = self.receive(message)

        self.assertNotIn("script", complaint.description)
        self.assertNotIn("onclick", complaint.description)
        mail = complaint.message_ids.filtered(lambda m: m.message_type == "email")
        self.assertNotIn("script", mail.body)
        self.assertEqual(complaint.name, "<script>alert(1)</script>")

    @mute_logger(GATEWAY)
    def test_a_failure_keeps_the_mail_and_tells_the_sender_nothing(self):
        self.mailbox.alias_id.alias_defaults = repr({"stage_id": -1})
        mails = self.env["mail.mail"].search_count([])

        made = self.receive(self.mail(1))

        self.assertFalse(made)
        self.assertEqual(self.quarantine().reason, "unreadable")
        self.assertEqual(self.env["mail.mail"].search_count([]), mails)
        self.assertNotEqual(self.mailbox.alias_id.alias_status, "invalid")

    def test_two_addresses_of_one_company_make_one_complaint(self):
        self.env["crm.complaint.mailbox"].create({"name": "Quality", "alias_name": "quality"})

        made = self.receive(
            self.mail(1, to="complaints@shop.example.com, quality@shop.example.com")
        )

        self.assertEqual(len(made), 1)

    def test_a_mail_to_two_companies_makes_a_complaint_of_each(self):
        company = self.env["res.company"].create(
            {"name": "Second", "alias_domain_id": self.domain.id}
        )
        second = self.env["crm.complaint.mailbox"].create(
            {"name": "Second", "alias_name": "second", "company_id": company.id}
        )
        mail = self.mail(1, to="complaints@shop.example.com, second@shop.example.com")

        made = self.receive(mail)
        again = self.receive(mail)

        self.assertEqual(second.company_id, company)
        self.assertEqual(made.company_id, self.env.company | company)
        self.assertEqual(len(made), 2)
        self.assertEqual(made.mapped("name"), ["Damaged boxes"] * 2)
        self.assertFalse(again)

    def test_a_quarantined_mail_still_reaches_the_sales_team(self):
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "crm-suite-sales"})

        self.receive(
            self.mail(
                1,
                to="complaints@shop.example.com, crm-suite-sales@shop.example.com",
                Precedence="bulk",
            )
        )

        self.assertEqual(self.env["crm.lead"].search_count([("team_id", "=", team.id)]), 1)
        self.assertEqual(self.quarantine().reason, "machine")

    def test_a_mail_that_does_not_concern_complaints_passes_untouched(self):
        team = self.env["crm.team"].create({"name": "Sales", "alias_name": "crm-suite-sales"})

        self.receive(self.mail(1, to="crm-suite-sales@shop.example.com"))

        self.assertEqual(self.env["crm.lead"].search_count([("team_id", "=", team.id)]), 1)
        self.assertFalse(self.env["crm.complaint.mail"].search([]))

    def test_of_200_mails_with_a_tenth_of_them_twice_there_are_180_complaints(self):
        mails = [
            self.mail(n, f"Customer {n} <c{n}@customer.example.com>", body=f"Case {n}")
            for n in range(180)
        ]

        made = sum(len(self.receive(mail)) for mail in mails + mails[:20])

        self.assertEqual(made, 180)
        self.assertFalse(self.quarantine())


@freeze_time("2026-03-02 08:00:00")
class TestReceipt(MailCase):
    """Whoever complains by mail gets the number of his complaint, once."""

    def _sent(self, complaint):
        return self.env["mail.mail"].search(
            [("model", "=", "crm.complaint"), ("res_id", "=", complaint.id)]
        )

    def test_the_complainant_gets_the_number_once(self):
        complaint = self.receive(self.mail(1))
        sent = self._sent(complaint)

        complaint._send_receipt()

        self.assertEqual(len(sent), 1)
        self.assertEqual(self._sent(complaint), sent)
        self.assertIn(complaint.number, sent.subject)
        self.assertIn("carla@customer.example.com", sent.email_to)
        self.assertIn("auto-replied", sent.headers)
        self.assertTrue(complaint.date_receipt_sent)

    def test_the_receipt_repeats_nothing_of_the_mail(self):
        complaint = self.receive(self.mail(1, subject="Buy pills", body="Buy pills"))

        self.assertNotIn("pills", self._sent(complaint).body_html)
        self.assertNotIn("pills", self._sent(complaint).subject)

    def test_a_mailbox_may_stay_silent(self):
        self.mailbox.is_receipt_confirmed = False

        complaint = self.receive(self.mail(1))

        self.assertFalse(self._sent(complaint))

    def test_an_answer_to_the_receipt_joins_the_complaint(self):
        complaint = self.receive(self.mail(1))
        receipt = self._sent(complaint).message_id

        made = self.receive(self.mail(2, In_Reply_To=receipt, body="Thank you."))

        self.assertFalse(made)
        self.assertIn("Thank you.", complaint.message_ids[0].body)
