from odoo.exceptions import ValidationError
from odoo.fields import Command

from .common import StandardsCase


class TestRole(StandardsCase):
    """Roles find the people of a lead."""

    def role(self, kind="people", people=None):
        users = [Command.set(people.ids)] if people else []
        return self.env["crm.standard.role"].create({"name": "R", "kind": kind, "user_ids": users})

    def test_salesperson_and_leader_come_from_the_lead(self):
        lead = self.lead()

        found = self.role("responsible")._get_people(lead), self.role("leader")._get_people(lead)

        self.assertEqual(found, (self.salesman, self.leader))

    def test_named_people_of_the_team_come_first(self):
        role = self.role(people=self.salesman + self.controller)

        self.assertEqual(role._get_people(self.lead()), self.salesman)
        self.assertEqual(
            role._get_people(self.lead(team_id=self.other_team.id, stage_id=self.stage_other.id)),
            self.salesman + self.controller,
        )

    def test_who_has_left_plays_no_role(self):
        role = self.role(people=self.colleague + self.controller)
        self.colleague.active = False

        self.assertEqual(role._get_people(self.lead()), self.controller)

    def test_role_without_people_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "filled by nobody"):
            self.role()
