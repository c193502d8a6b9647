from odoo.tools import mute_logger

from .mail_common import MailCase

PARSER = "odoo.addons.crm_complaints.models.clock.crm_complaint_judging"


class TestBadInput(MailCase):
    """What nobody should send, and somebody does: never lost, never an error page."""

    def test_an_attachment_of_25_mb_is_kept_whole_by_the_limits_as_shipped(self):
        message = self.mail(1)
        content = bytes(25 * 1024 * 1024)
        message.add_attachment(content, maintype="video", subtype="mp4", filename="a.mp4")

        made = self.receive(message)

        entry = self.quarantine()[:1]
        self.assertFalse(made)
        self.assertEqual((entry.reason, entry.state), ("too_large", "waiting"))
        self.assertGreater(len(entry.attachment_id.raw), len(content))

    def test_a_mail_of_an_unknown_sender_is_a_complaint_without_a_contact(self):
        partners = self.env["res.partner"].search_count([])

        complaint = self.receive(self.mail(1, sender="Una <una@unknown.example.com>"))

        self.assertFalse(complaint.partner_id)
        self.assertEqual(complaint.email_normalized, "una@unknown.example.com")
        self.assertEqual(self.env["res.partner"].search_count([]), partners)

    @mute_logger(PARSER)
    def test_a_policy_without_any_working_hours_loses_no_complaint(self):
        self.env.company.resource_calendar_id = False
        policies = self.env["crm.deadline.policy"].search([])
        policies.calendar_id = False

        complaint = self.complaint()

        self.assertTrue(complaint.number)
        self.assertTrue(complaint.term_ids)

    def test_a_category_is_archived_under_open_cases_and_they_go_on(self):
        complaint = self.complaint()

        self.category.active = False
        complaint.stage_id = self.stage_acknowledged
        complaint.action_judge_terms()

        self.assertEqual(complaint.category_id, self.category)
        self.assertEqual(complaint.stage_id, self.stage_acknowledged)
