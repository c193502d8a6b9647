from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import ComplaintsCase

NOW = "2026-06-15 12:00:00"


@freeze_time(NOW)
class TestSignal(ComplaintsCase):
    """A stage in which most cases of a team stand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.signals = cls.env["crm.complaint.signal"]

    def _look(self):
        self.signals._cron_look()
        return self.signals.search([("team_id", "=", self.team.id), ("state", "=", "open")])

    def _cases(self, count, stage=None):
        stage = stage or self.stage_acknowledged
        return self.env["crm.complaint"].concat(
            *(self.complaint(stage_id=stage.id) for _one in range(count))
        )

    def test_eighty_percent_in_one_stage_are_told_to_the_leader_once(self):
        self._cases(8)
        self._cases(2, self.stage_received)

        signal = self._look()
        again = self._look()

        self.assertRecordValues(
            signal,
            [{"stage_id": self.stage_acknowledged.id, "case_count": 8, "percent": 80.0}],
        )
        self.assertEqual(again, signal)
        self.assertEqual(signal.activity_ids.user_id, self.leader)
        self.assertEqual(len(signal.activity_ids), 1)

    def test_less_than_eighty_percent_are_no_signal(self):
        self._cases(7)
        self._cases(3, self.stage_received)

        self.assertFalse(self._look())

    def test_few_cases_say_nothing(self):
        self._cases(9)

        self.assertFalse(self._look())

    def test_closed_cases_do_not_count(self):
        self._cases(9)
        self._cases(5, self.stage_closed)

        self.assertFalse(self._look())

    def test_a_team_may_have_its_own_limit(self):
        self._cases(10)
        self.team.complaint_signal_percent = 101

        self.assertFalse(self._look())

    def test_it_is_over_when_the_cases_move_on(self):
        cases = self._cases(10)
        signal = self._look()
        cases[:5].stage_id = self.stage_received

        self.assertFalse(self._look())
        self.assertEqual(signal.state, "closed")
        self.assertEqual(signal.date_close, fields.Datetime.now())
        self.assertFalse(signal.activity_ids)

    def test_t19_nobody_writes_a_signal(self):
        self._cases(10)
        signal = self._look()

        for user in (self.manager, self.env.user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                signal.with_user(user).sudo().write({"state": "closed"})

    def test_who_sees_a_signal(self):
        self._cases(10)
        signal = self._look()

        for role, sees in [
            ("clerk", True),
            ("leader", True),
            ("colleague", False),
            ("all_clerk", True),
            ("manager", True),
            ("outsider", False),
        ]:
            with self.subTest(role=role):
                user = getattr(self, role)
                self.assertEqual(signal.with_user(user).has_access("read"), sees)


@freeze_time(NOW)
class TestIncident(ComplaintsCase):
    """A sudden rise against the own history."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.incidents = cls.env["crm.complaint.incident"]
        cls.product = cls.env["product.product"].create({"name": "Chair"})
        cls.category.team_id = cls.team

    def _cases(self, count, days=1, **values):
        date = fields.Datetime.now() - timedelta(days=days)
        return self.env["crm.complaint"].concat(
            *(self.complaint(date_received=date, **values) for _one in range(count))
        )

    def _watch(self):
        return self.incidents._watch(self.env.company, fields.Datetime.now())

    def _of_category(self):
        return self.incidents.search([("category_id", "=", self.category.id)])

    def test_a_rise_opens_one_incident_with_its_owner(self):
        self._cases(6)

        self._watch()
        again = self._watch()

        incident = self._of_category()
        self.assertRecordValues(
            incident,
            [{"case_count": 6, "owner_id": self.leader.id, "state": "open", "day_count": 7}],
        )
        self.assertFalse(again)
        self.assertEqual(incident.activity_ids.user_id, self.leader)

    def test_what_was_usual_before_is_no_rise(self):
        for week in range(13):
            self._cases(5, days=1 + 7 * week)

        self._watch()

        self.assertFalse(self._of_category())

    def test_a_rise_of_a_product_is_an_incident_of_its_own(self):
        self._cases(6, product_id=self.product.id)

        self._watch()

        self.assertEqual(
            {incident.product_id for incident in self._of_category()},
            {self.env["product.product"], self.product},
        )

    def test_an_incident_opens_its_complaints(self):
        cases = self._cases(6, product_id=self.product.id)
        self._cases(2, days=20)
        self._watch()

        incident = self._of_category().filtered("product_id")
        domain = incident.action_complaints()["domain"]

        self.assertEqual(self.env["crm.complaint"].search(domain), cases.sorted())

    def test_it_is_closed_with_a_conclusion_and_not_opened_again_by_the_same_cases(self):
        self._cases(6)
        self._watch()
        incident = self._of_category().with_user(self.leader)

        with self.assertRaisesRegex(UserError, "write down what it was"):
            incident.action_close()
        incident.conclusion = "A broken mould, replaced."
        incident.action_close()

        self.assertEqual(incident.state, "closed")
        self.assertEqual(incident.sudo().closed_by_id, self.leader)
        self.assertFalse(self._watch())

    def test_t19_what_was_counted_cannot_be_changed(self):
        self._cases(6)
        self._watch()
        incident = self._of_category()

        for user in (self.leader, self.manager):
            for deed in (
                lambda record: record.write({"case_count": 1}),
                lambda record: record.write({"state": "closed"}),
                lambda record: record.unlink(),
                lambda record: record.create({"subject": "x"}),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    deed(incident.with_user(user))

    def test_t21_an_incident_about_an_employee_is_seen_by_other_managers_only(self):
        self.env.company.complaint_incident_user_id = self.manager
        boss = self._make_users(("cmp_boss", "Bella Boss", "crm_complaints.group_manager"))[0]
        self._cases(6, about_user_ids=[Command.set(boss.ids)])
        self._watch()
        incident = self._of_category().filtered("about_user_id")

        self.assertEqual(incident.owner_id, self.manager)
        for user, sees in [
            (self.manager, True),
            (boss, False),
            (self.leader, False),
            (self.all_clerk, False),
            (self.clerk, False),
            (self.outsider, False),
        ]:
            with self.subTest(user=user.login):
                self.assertEqual(incident.with_user(user).has_access("read"), sees)
                found = user.has_group("crm_complaints.group_user") and self.incidents.with_user(
                    user
                ).search_count([("id", "=", incident.id)])
                self.assertEqual(bool(found), sees)
