from odoo.addons.mail.tests.common import MailCase as MockMail

from .common import ComplaintsCase

#: What would be computed if a word of a customer ever became a template.
INLINE = "{{ 7 * 191 }}"
QWEB = '<t t-out="7 * 191"/>'
COMPUTED = "1337"


class TestTemplateWords(ComplaintsCase, MockMail):
    """Threat T7: what a customer writes is shown as he wrote it and never computed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint(
            name=f"{INLINE} {QWEB}",
            description=f"<p>{INLINE} {QWEB} ${{object.user_id.password}}</p>",
            partner_id=False,
            contact_name=f"{INLINE} {QWEB}",
            email_from="eve@words.example.com",
            reference=INLINE,
        )

    def _send(self, template):
        with self.mock_mail_gateway():
            template.send_mail(self.case.id, force_send=True)
        return [(mail["subject"], mail["body"]) for mail in self._mails]

    def test_t7_no_template_of_ours_computes_words_of_the_customer(self):
        templates = self.env["mail.template"].search([("model", "=", "crm.complaint")])
        self.assertGreaterEqual(len(templates), 4)
        for template in templates:
            with self.subTest(template=template.name):
                sent = self._send(template)

                self.assertTrue(sent)
                self.assertNotIn(COMPUTED, str(sent))

    def test_t7_the_dialogs_that_write_to_the_customer_compute_nothing_of_his(self):
        template = self.env["mail.template"].search(
            [("model", "=", "crm.complaint"), ("complaint_purpose", "=", "answer")], limit=1
        )
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.clerk)
            .with_context(default_model="crm.complaint", default_res_ids=self.case.ids)
            .create({"template_id": template.id})
        )

        self.assertNotIn(COMPUTED, f"{composer.subject} {composer.body}")

    def test_t7_words_in_the_notes_of_the_case_are_shown_as_they_are(self):
        later = self.case._create_next(self.case.description)

        self.assertNotIn(COMPUTED, str(later.message_ids.mapped("body")))
        self.assertIn("7 * 191", later.description)

    def test_t7_a_clerk_writes_no_template_that_computes(self):
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.clerk)
            .with_context(default_model="crm.complaint", default_res_ids=self.case.ids)
            .create({"subject": INLINE, "body": f"<p>{QWEB}</p>"})
        )
        with self.mock_mail_gateway():
            composer._action_send_mail()

        message = self.case.message_ids.sorted("id")[-1:]
        self.assertNotIn(COMPUTED, f"{message.subject} {message.body}")
