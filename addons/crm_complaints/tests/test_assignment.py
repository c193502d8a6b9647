from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import ComplaintsCase


class TestAssignment(ComplaintsCase):
    """Rules give what nobody has taken to people who are there and may see it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.complaint.assignment"].search([]).active = False
        cls.rules = cls.env["crm.complaint.assignment"]
        cls.people = cls.clerk | cls.leader

    def _rule(self, **values):
        return self.rules.create({"name": "Rule", "user_ids": self.people.ids, **values})

    def _waiting(self, **values):
        return self.complaint(user_id=False, **values)

    def _assigned(self, **values):
        complaint = self._waiting(**values)
        complaint._assign()
        return complaint.user_id

    def _away(self, user):
        self.env["crm.deadline.absence"].create(
            {
                "user_id": user.id,
                "date_from": fields.Datetime.now() - timedelta(days=1),
                "date_to": fields.Datetime.now() + timedelta(days=1),
            }
        ).action_confirm()

    def test_the_one_with_the_least_open_work_gets_it(self):
        self._rule()
        self.complaint(user_id=self.clerk.id)

        self.assertEqual(self._assigned(), self.leader)

    def test_an_urgent_one_weighs_more_than_a_small_one(self):
        self._rule()
        self.complaint(user_id=self.leader.id, severity="critical", impact="critical")
        for _small in range(3):
            self.complaint(user_id=self.clerk.id)

        self.assertEqual(self._assigned(), self.clerk)

    def test_a_batch_is_shared_out_evenly(self):
        self._rule()
        complaints = self.env["crm.complaint"].union(*(self._waiting() for _one in range(6)))

        complaints._assign()

        self.assertEqual(
            [complaints.mapped("user_id.id").count(user.id) for user in self.people], [1, 1]
        )
        counts = complaints._read_group([("id", "in", complaints.ids)], ["user_id"], ["__count"])
        self.assertEqual([count for _user, count in counts], [3, 3])

    def test_in_turn_nobody_is_asked_twice_in_a_row(self):
        self._rule(way="turn")
        for _more in range(4):
            self.complaint(user_id=self.clerk.id)

        chosen = [self._assigned() for _one in range(4)]

        self.assertEqual(chosen[:2], chosen[2:])
        self.assertEqual(set(chosen), set(self.people))

    def test_the_customers_own_salesperson_gets_it(self):
        self.company_partner.user_id = self.leader
        self._rule(way="owner", user_ids=False)

        self.assertEqual(self._assigned(), self.leader)

    def test_who_has_no_right_on_complaints_is_passed_over(self):
        self.customer.user_id = self.salesman
        self._rule(way="owner", user_ids=False, sequence=1)
        self._rule(user_ids=self.clerk.ids, sequence=2)

        self.assertEqual(self._assigned(), self.clerk)

    def test_who_is_away_is_skipped(self):
        self._rule()
        self._away(self.clerk)
        self.complaint(user_id=self.leader.id)

        self.assertEqual(self._assigned(), self.leader)

    def test_if_all_are_away_those_who_stand_in_are_asked(self):
        self._rule(user_ids=self.clerk.ids)
        self._away(self.clerk)
        self.assertFalse(self._assigned())

        self.clerk.deadline_deputy_id = self.leader

        self.assertEqual(self._assigned(), self.leader)

    def test_who_is_archived_is_skipped(self):
        self._rule()
        self.clerk.active = False
        self.complaint(user_id=self.leader.id)

        self.assertEqual(self._assigned(), self.leader)

    def test_t15_nobody_gets_one_of_another_company(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self._rule()

        self.assertFalse(self._assigned(company_id=other.id, team_id=False, partner_id=False))

    def test_t21_nobody_gets_what_he_must_not_see(self):
        self._rule()

        self.assertEqual(self._assigned(about_user_ids=self.clerk.ids), self.leader)

    def test_t21_confidential_ones_wait_for_a_manager_unless_a_rule_is_for_them(self):
        rule = self._rule()
        self.assertFalse(self._assigned(is_confidential=True))

        rule.is_for_confidential = True

        self.assertIn(self._assigned(is_confidential=True), self.people)

    def test_a_rule_is_for_its_categories_with_their_parts(self):
        part = self.env["crm.complaint.category"].create(
            {"name": "Part", "parent_id": self.category.id}
        )
        plain = self.env["crm.complaint.category"].create({"name": "Plain"})
        self._rule(category_ids=self.category.ids)

        self.assertTrue(self._assigned(category_id=part.id))
        self.assertFalse(self._assigned(category_id=plain.id))
        self.assertFalse(self._assigned(category_id=False))

    def test_a_rule_is_for_its_teams_and_from_its_priority(self):
        self._rule(team_ids=self.team.ids, priority_least="2")

        self.assertTrue(self._assigned(severity="critical", impact="critical"))
        self.assertFalse(self._assigned())
        self.assertFalse(
            self._assigned(team_id=self.other_team.id, severity="critical", impact="critical")
        )

    def test_without_people_the_team_is_asked(self):
        self._rule(user_ids=False, team_id=self.other_team.id)

        complaint = self._waiting()
        complaint._assign()

        self.assertEqual(complaint.user_id, self.colleague)
        self.assertEqual(complaint.team_id, self.other_team)

    def _triggers(self):
        cron = self.env.ref("crm_complaints.ir_cron_assign")
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])

    def test_the_job_assigns_what_waits_and_is_called_for_when_one_comes_in(self):
        rule = self._rule()
        before = self._triggers()
        complaint = self._waiting()
        self.assertEqual(self._triggers(), before + 1)

        with self.enter_registry_test_mode():
            self.env.ref("crm_complaints.ir_cron_assign").method_direct_trigger()

        self.assertIn(complaint.user_id, self.people)
        self.assertEqual(complaint.assignment_id, rule)

    def test_nothing_is_called_for_without_rules_or_with_somebody_named(self):
        before = self._triggers()

        self._waiting()
        self._rule()
        self.complaint()

        self.assertEqual(self._triggers(), before)

    def test_assigning_again_changes_nothing(self):
        rule = self._rule()
        complaint = self._waiting()
        complaint._assign()
        user = complaint.user_id
        self.complaint(user_id=user.id)

        complaint._assign()

        self.assertEqual(complaint.user_id, user)
        self.assertEqual(rule.assigned_count, 1)

    def test_who_is_chosen_by_hand_is_not_by_a_rule(self):
        self._rule(user_ids=self.leader.ids)
        complaint = self._waiting()
        complaint._assign()

        complaint.with_user(self.clerk).user_id = self.clerk

        self.assertFalse(complaint.assignment_id)

    def test_t14_assigning_needs_the_right_to_the_complaint(self):
        self._rule()
        complaint = self._waiting(team_id=self.other_team.id)

        with self.assertRaises(AccessError):
            complaint.with_user(self.clerk).action_assign()
        complaint.with_user(self.colleague).action_assign()

        self.assertTrue(complaint.user_id)

    def test_t15_rules_of_other_companies_are_not_seen(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        rule = self._rule(company_id=other.id)
        self.manager.write({"company_ids": [Command.link(other.id)]})
        here = rule.with_user(self.manager).with_context(allowed_company_ids=self.env.company.ids)

        self.assertFalse(here.has_access("read"))
        self.assertTrue(here.with_context(allowed_company_ids=other.ids).has_access("read"))
