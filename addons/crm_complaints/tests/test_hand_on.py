from odoo.exceptions import AccessError

from .common import ComplaintsCase


class TestHandOn(ComplaintsCase):
    """Who gives a complaint to people of whom he is none loses sight of it, and nothing else."""

    def hand_on(self, complaint, user, **values):
        """Save as the form does."""
        given = {"team_id": self.other_team.id, "user_id": self.colleague.id}
        return complaint.with_user(user).web_save({**given, **values}, {"name": {}, "id": {}})

    def test_a_clerk_hands_a_complaint_to_another_team(self):
        complaint = self.complaint()

        shown = self.hand_on(complaint, self.clerk)

        self.assertEqual(shown, [])
        self.assertRecordValues(
            complaint, [{"team_id": self.other_team.id, "user_id": self.colleague.id}]
        )
        self.assertFalse(complaint.with_user(self.clerk).has_access("read"))

    def test_who_sees_it_still_gets_it_read_anew(self):
        complaint = self.complaint()

        shown = self.hand_on(complaint, self.all_clerk, name="Handed on")

        self.assertEqual(shown, [{"id": complaint.id, "name": "Handed on"}])

    def test_nobody_hands_on_what_he_does_not_see(self):
        complaint = self.complaint()

        with self.assertRaises(AccessError):
            self.hand_on(complaint, self.colleague)

        self.assertEqual(complaint.user_id, self.clerk)

    def test_a_new_complaint_is_saved_and_shown(self):
        complaints = self.env["crm.complaint"].with_user(self.clerk)

        shown = complaints.web_save(
            {"name": "New", "user_id": self.clerk.id, "team_id": self.team.id}, {"name": {}}
        )

        self.assertEqual(shown[0]["name"], "New")
