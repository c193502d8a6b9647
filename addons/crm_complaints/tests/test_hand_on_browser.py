from odoo.tests import HttpCase, tagged

from .common import ComplaintsCase


@tagged("post_install", "-at_install")
class TestHandOnBrowser(ComplaintsCase, HttpCase):
    """The form does not break when its complaint goes out of sight."""

    browser_size = "1366x768"

    def test_a_clerk_hands_a_case_to_another_team(self):
        complaint = self.complaint(name="Given away")

        self.start_tour("/odoo/my-complaints", "complaint_hand_on", login="cmp_clerk")

        self.assertRecordValues(
            complaint, [{"team_id": self.other_team.id, "user_id": self.colleague.id}]
        )
