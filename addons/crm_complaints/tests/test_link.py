from odoo.exceptions import AccessError, ValidationError

from .common import ComplaintsCase


class TestLink(ComplaintsCase):
    """Complaints are linked, and a link tells nobody of a complaint he may not see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.one = cls.complaint()
        cls.other = cls.complaint(name="Other")
        cls.links = cls.env["crm.complaint.link"]

    def test_a_link_shows_on_both_complaints(self):
        link = self.one.with_user(self.clerk)._link(self.other, "repeat")

        self.assertEqual(self.one.link_ids, link)
        self.assertEqual(self.other.back_link_ids, link)

    def test_linking_twice_changes_nothing(self):
        self.one._link(self.other, "repeat")
        self.other._link(self.one, "repeat")

        pair = (self.one | self.other).ids
        self.assertEqual(self.links.search_count([("complaint_id", "in", pair)]), 1)

    def test_nothing_is_linked_to_itself(self):
        with self.assertRaisesRegex(ValidationError, "to itself"):
            self.one._link(self.one, "related")

    def test_t21_a_link_to_a_hidden_complaint_is_not_there(self):
        link = self.one._link(self.other, "related")
        self.other.write({"is_confidential": True, "user_id": self.manager.id})
        mine = [("complaint_id", "=", self.one.id)]

        for user, seen in [(self.clerk, 0), (self.all_clerk, 0), (self.manager, 1)]:
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                links = self.links.with_user(user)
                self.assertEqual(links.search_count(mine), seen)
                groups = links.formatted_read_group(mine, ["kind"], ["__count"])
                self.assertEqual(len(groups), seen)
                self.assertEqual(len(self.one.with_user(user).link_ids), seen)
                self.assertEqual(link.with_user(user).has_access("read"), bool(seen))
                self.assertEqual(link.with_user(user).has_access("unlink"), bool(seen))

    def test_t1_nobody_links_to_what_he_may_not_see(self):
        foreign = self.complaint(team_id=self.other_team.id, user_id=self.colleague.id)
        values = {"complaint_id": self.one.id, "other_id": foreign.id, "kind": "related"}
        self.links.create(values)

        # the same answer whether such a link is there already or not
        for kind in ("related", "repeat"):
            with self.subTest(kind=kind), self.assertRaises(AccessError):
                self.links.with_user(self.clerk).create({**values, "kind": kind})
        with self.assertRaises(AccessError):
            self.links.with_user(self.clerk).create(
                {"complaint_id": foreign.id, "other_id": self.one.id, "kind": "related"}
            )
        link = self.one._link(self.other, "related")
        with self.assertRaises(AccessError):
            link.with_user(self.clerk).other_id = foreign
