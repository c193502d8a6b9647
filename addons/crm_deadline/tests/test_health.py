from odoo.exceptions import ValidationError

from .common import DeadlineCase


class TestHealth(DeadlineCase):
    def _problems(self):
        policies = self.env["crm.deadline.policy"]
        policies.invalidate_model()
        return dict(policies._find_problems())

    def test_a_sound_policy_has_no_problem(self):
        self._step()

        self.assertNotIn(self.policy, self._problems())

    def test_a_calendar_without_hours_is_found(self):
        self.calendar.attendance_ids.unlink()

        self.assertIn("too little working time", self._problems()[self.policy])
        self.assertIn('the working hours "Nine to six"', self._problems()[self.policy])

    def test_a_step_for_somebody_who_has_left_is_found(self):
        self._step(whom="user", user_id=self.employee.id)
        self.employee.active = False

        self.assertIn("dl_employee is archived", self._problems()[self.policy])

    def test_a_step_for_an_empty_group_is_found(self):
        group = self.env["res.groups"].create({"name": "Nobody"})
        self._step(whom="group", group_id=group.id)

        self.assertIn("nobody is in the group Nobody", self._problems()[self.policy])

    def test_a_step_says_what_it_needs(self):
        for values, field in [
            ({"whom": "user"}, "Person"),
            ({"whom": "group"}, "Group"),
            ({"deed": "mail"}, "Mail Template"),
            ({"deed": "server"}, "Server Action"),
            ({"activity_type_id": False}, "Activity Type"),
        ]:
            with self.subTest(field), self.assertRaisesRegex(ValidationError, f"needs: {field}"):
                self._step(**values)

    def test_a_step_away_from_the_due_time_is_at_least_one_unit_away(self):
        with self.assertRaisesRegex(ValidationError, "at least one unit"):
            self._step(moment="after", amount=0)
