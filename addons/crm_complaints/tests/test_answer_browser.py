from odoo.tests import HttpCase, tagged

from .common_clocks import TermsCase


@tagged("post_install", "-at_install")
class TestAnswerBrowser(TermsCase, HttpCase):
    """A clerk answers in a real browser."""

    browser_size = "1366x768"

    def test_a_clerk_logs_a_call_and_sends_a_checked_answer(self):
        complaint = self.russian(stage_id=self.stage_acknowledged.id)

        # the server says no once: a part was missing
        with self.assertLogs("odoo.http", "WARNING"):
            self.start_tour(
                f"/odoo/complaints/{complaint.id}", "complaint_answer", login="cmp_clerk"
            )

        self.assertEqual(
            self.states(complaint),
            {
                "acknowledgement": "met",
                "first_answer": "met",
                "resolution": "met",
                "law_resolution": "met",
            },
        )
        self.assertEqual(complaint.answer_check_ids.outcome, "upheld")
