from odoo.exceptions import AccessError, ValidationError

from .common import DeadlineCase, at


class TestDeputy(DeadlineCase):
    def setUp(self):
        super().setUp()
        self.salesman.deadline_deputy_id = self.other_salesman
        self.other_salesman.deadline_deputy_id = self.sales_manager
        self.monday, self.friday = at("2026-03-02 00:00"), at("2026-03-06 00:00")

    def _stand_in(self, date="2026-03-03 10:00"):
        return self.salesman._deadline_stand_in(at(date))

    def test_whoever_is_present_acts_himself(self):
        self.assertEqual(self._stand_in(), self.salesman)

    def test_the_deputy_acts_while_one_is_away_and_not_longer(self):
        self._absent(self.salesman, self.monday, self.friday)

        self.assertEqual(self._stand_in(), self.other_salesman)
        self.assertEqual(self._stand_in("2026-03-06 00:00"), self.salesman)

    def test_the_deputy_of_an_absent_deputy_acts(self):
        self._absent(self.salesman, self.monday, self.friday)
        self._absent(self.other_salesman, self.monday, self.friday)

        self.assertEqual(self._stand_in(), self.sales_manager)

    def test_two_who_stand_in_for_each_other_and_are_both_away_end_in_no_circle(self):
        self.other_salesman.deadline_deputy_id = self.salesman
        self._absent(self.salesman, self.monday, self.friday)
        self._absent(self.other_salesman, self.monday, self.friday)

        self.assertEqual(self._stand_in(), self.salesman)

    def test_an_archived_person_is_away(self):
        self.salesman.active = False

        self.assertEqual(self._stand_in(), self.other_salesman)

    def test_a_holiday_of_all_makes_nobody_absent(self):
        self.env["resource.calendar.leaves"].create(
            {"name": "Holiday", "date_from": self.monday, "date_to": self.friday}
        )

        self.assertEqual(self._stand_in(), self.salesman)

    def test_time_off_entered_elsewhere_counts(self):
        resource = self.env["resource.resource"].create(
            {"name": "Anna", "user_id": self.salesman.id}
        )
        self.env["resource.calendar.leaves"].create(
            {"resource_id": resource.id, "date_from": self.monday, "date_to": self.friday}
        )

        self.assertEqual(self._stand_in(), self.other_salesman)

    def test_nobody_stands_in_for_himself(self):
        for name in ("deadline_deputy_id", "deadline_superior_id"):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "his own superior"):
                self.salesman[name] = self.salesman

    def _enter(self, user, **values):
        return (
            self.env["crm.deadline.absence"]
            .with_user(user)
            .create({"date_from": self.monday, "date_to": self.friday, **values})
        )

    def test_people_enter_their_own_absence_and_deputy(self):
        form = self._enter(self.salesman)
        self.assertEqual((form.user_id, form.deputy_id), (self.salesman, self.other_salesman))

        form.deputy_id = self.sales_manager
        form.action_confirm()

        self.assertEqual(self._stand_in(), self.sales_manager)

    def test_t4_nobody_sends_somebody_else_away(self):
        form = self._enter(self.salesman, user_id=self.other_salesman.id)

        with self.assertRaises(AccessError):
            form.action_confirm()
        self._enter(self.deadline_manager, user_id=self.other_salesman.id).action_confirm()

        self.assertEqual(
            self.other_salesman._deadline_stand_in(at("2026-03-03 10:00")), self.sales_manager
        )

    def test_an_absence_ends_after_it_begins(self):
        with self.assertRaisesRegex(ValidationError, "ends after it begins"):
            self._enter(self.salesman, date_to=self.monday).action_confirm()

    def test_people_choose_their_deputy_in_their_preferences_and_not_their_superior(self):
        own = self.salesman.with_user(self.salesman)

        own.write({"deadline_deputy_id": self.sales_manager.id})

        self.assertEqual(self.salesman.deadline_deputy_id, self.sales_manager)
        with self.assertRaises(AccessError):
            own.write({"deadline_superior_id": self.sales_manager.id})

    def test_t8_own_leave_is_not_turned_into_a_holiday_of_all(self):
        self._absent(self.salesman, self.monday, self.friday)
        leave = self.env["resource.calendar.leaves"].search(
            [("resource_id.user_id", "=", self.salesman.id)]
        )
        own = leave.with_user(self.salesman)

        with self.assertRaises(AccessError):
            own.write({"calendar_id": self.calendar.id, "resource_id": False})
