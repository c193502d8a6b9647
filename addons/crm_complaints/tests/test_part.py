from odoo.exceptions import AccessError

from .common import ComplaintsCase


class TestPart(ComplaintsCase):
    """Threats T1, T21: a part is seen by whoever may read its complaint, and counted by nobody
    else. The log of moves is the part that is always there.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.complaint().move_ids
        cls.moves = cls.env["crm.complaint.move"]
        cls.of_it = [("complaint_id", "=", cls.move.complaint_id.id)]

    def test_reading_follows_the_complaint(self):
        for user, may in [(self.clerk, True), (self.manager, True), (self.colleague, False)]:
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                self.assertEqual(self.move.with_user(user).has_access("read"), may)
        with self.assertRaises(AccessError):
            self.move.with_user(self.colleague).read(["stage_to_id"])

    def test_searches_counts_and_groups_tell_nothing(self):
        for user, count in [(self.clerk, 1), (self.colleague, 0)]:
            with self.subTest(user=user.login):
                moves = self.moves.with_user(user)
                self.assertEqual(len(moves.search(self.of_it)), count)
                self.assertEqual(moves.search_count(self.of_it), count)
                groups = moves.formatted_read_group(self.of_it, ["way"], ["__count"])
                self.assertEqual(len(groups), count)

    def test_an_archived_complaint_keeps_its_parts_in_sight(self):
        self.move.complaint_id.active = False

        self.assertEqual(self.moves.with_user(self.clerk).search_count(self.of_it), 1)
