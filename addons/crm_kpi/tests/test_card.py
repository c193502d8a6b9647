from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import KpiCase

DAY = date(2026, 3, 15)


class TestCard(KpiCase):
    """Targets, scores and bonuses."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worth = cls.indicator(
            "sold",
            measure_id=cls.measure("worth", aggregate="sum", value_field="expected_revenue").id,
        )
        cls.leads = cls.indicator("work", measure_id=cls.measure("leads").id)
        cls.card = cls.env["crm.kpi.card"].create(
            {
                "name": "Judged",
                "user_ids": [Command.set((cls.employee | cls.colleague).ids)],
                "bonus_kind": "linear",
                "yellow_from": 60,
                "green_from": 90,
                "line_ids": [
                    Command.create({"indicator_id": cls.worth.id, "weight": 3}),
                    Command.create({"indicator_id": cls.leads.id, "weight": 1}),
                ],
                "rung_ids": [
                    Command.create({"score": 50, "amount": 100}),
                    Command.create({"score": 100, "amount": 300}),
                ],
            }
        )

    def test_a_score_is_what_the_targets_make_of_the_facts(self):
        self.target(self.worth, self.employee, target=1000)
        self.target(self.leads, self.employee, target=4)
        for _number in range(2):
            self.lead(self.employee, amount=400)
        self.refresh()

        found = self.card._get_scores(DAY)

        # 80 % of 3 parts and 50 % of one
        standing = found[self.employee]
        self.assertEqual((standing.score, standing.zone, standing.bonus), (72.5, "yellow", 190))
        self.assertEqual([line.points for line in standing.lines], [60, 12.5])
        self.assertEqual([line.value for line in standing.lines], [800, 2])

    def test_teams_and_the_company_are_judged_by_the_same_measures(self):
        self.card.write({"team_ids": [Command.set(self.team.ids)], "is_for_company": True})
        self.env["crm.kpi.target"].create(
            {
                "indicator_id": self.worth.id,
                "team_id": self.team.id,
                "date_from": DAY,
                "target": 1000,
            }
        ).action_agree()
        self.target(self.worth, None, target=1000)
        self.lead(self.employee, amount=500)
        self.lead(self.colleague, amount=100)
        self.lead(None, amount=50)
        self.refresh()

        found = self.card._get_unit_scores(DAY)

        # the team by its own people, the company by everything
        self.assertEqual(found[self.team].score, 50)
        self.assertEqual(found[self.company].score, 65)

    def test_t1_scores_of_teams_are_for_who_leads_them(self):
        self.card.write(
            {"team_ids": [Command.set((self.team | self.other_team).ids)], "is_for_company": True}
        )
        seen = {
            self.employee: [],
            self.leader: [self.team],
            self.manager: [self.team, self.other_team, self.company],
        }

        for user, units in seen.items():
            with self.subTest(user=user.name):
                found = self.card.with_user(user)._get_unit_scores(DAY)
                self.assertEqual({(u._name, u.id) for u in found}, {(u._name, u.id) for u in units})

    def test_who_has_no_target_has_no_score(self):
        self.lead(self.colleague, amount=400)
        self.refresh()

        standing = self.card._get_scores(DAY)[self.colleague]

        self.assertEqual((standing.score, standing.zone, standing.bonus), (None, None, None))

    def test_who_did_nothing_is_judged_by_nothing_done(self):
        self.target(self.worth, self.employee, target=1000)
        self.refresh()

        self.assertEqual(self.card._get_scores(DAY)[self.employee].score, 0)

    def test_perspectives_weigh_as_a_whole(self):
        self.card.line_ids = [Command.create({"name": "Diligence", "weight": 1})]
        perspective = self.card.line_ids[-1]
        self.card.line_ids[1].parent_id = perspective
        self.target(self.worth, self.employee, target=100)
        self.target(self.leads, self.employee, target=2)
        self.lead(self.employee, amount=100)
        self.refresh()

        standing = self.card._get_scores(DAY)[self.employee]

        self.assertEqual(standing.score, 87.5)

    def test_t1_everybody_sees_the_scores_of_whom_he_may(self):
        seen = {
            self.employee: self.employee,
            self.leader: self.employee,
            self.manager: self.employee | self.colleague,
        }
        self.refresh()

        for user, people in seen.items():
            with self.subTest(user=user.name):
                scores = self.card.with_user(user)._get_scores(DAY)
                self.assertEqual({found.id for found in scores}, set(people.ids))
        with self.assertRaises(AccessError):
            self.card.with_user(self.outsider)._get_scores(DAY)

    def test_a_score_is_the_same_for_everybody_who_sees_it(self):
        self.target(self.worth, self.employee, target=1000)
        self.lead(self.employee, amount=500)
        self.refresh()

        scores = {
            self.card.with_user(user)._get_scores(DAY)[self.employee].score
            for user in (self.employee, self.leader, self.manager)
        }

        self.assertEqual(scores, {50})

    def test_statements_do_not_grow_with_people(self):
        self.target(self.worth, self.employee, target=1000)
        self.refresh()
        self.card._get_scores(DAY)
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.card._get_scores(DAY)
        few = self.env.cr.sql_log_count - before
        people = self._make_users(
            *((f"kpi_many_{n}", f"Many {n}", "crm_kpi.group_user") for n in range(10))
        )
        self.card.user_ids |= people
        self.target(self.worth, people[3], target=10)
        self.env.flush_all()
        self.env.invalidate_all()

        before = self.env.cr.sql_log_count
        self.card._get_scores(DAY)

        self.assertLessEqual(self.env.cr.sql_log_count - before, few)

    def test_a_copied_scorecard_has_perspectives_of_its_own(self):
        line, other = self.card.line_ids
        top = self.env["crm.kpi.card.line"].create({"card_id": self.card.id, "name": "Money"})
        line.parent_id = top

        twin = self.card.copy()

        self.assertEqual(len(twin.line_ids), 3)
        self.assertEqual(twin.line_ids.parent_id.mapped("name"), ["Money"])
        self.assertEqual(twin.line_ids.parent_id.card_id, twin)
        self.assertFalse(twin.line_ids.filtered(lambda one: one.indicator_id == other).parent_id)

    def test_copies_of_measures_and_indicators_have_codes_of_their_own(self):
        measure = self.worth.measure_id
        codes = [one.code for one in (measure.copy(), measure.copy(), self.worth.copy())]

        self.assertEqual(codes, ["worth_2", "worth_3", "sold_2"])

    def test_t18_two_who_put_targets_in_force_at_once_do_not_both_succeed(self):
        self.target(self.worth, self.employee, target=1000)
        draft = self.env["crm.kpi.target"].create(
            {
                "indicator_id": self.worth.id,
                "user_id": self.employee.id,
                "date_from": DAY,
                "target": 500,
            }
        )

        # as if the other one's were not to be seen yet
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            draft._set_state("agreed")
            self.env.flush_all()

    def test_a_target_in_force_is_replaced_and_not_changed(self):
        target = self.target(self.worth, self.employee, target=1000)
        with self.assertRaisesRegex(UserError, "new version"):
            target.target = 1
        with self.assertRaises(UserError):
            target.unlink()

        draft = target.browse(target.action_new_version()["res_id"])
        draft.target = 500
        self.assertEqual(target.state, "agreed")
        draft.action_agree()

        self.assertEqual((target.state, draft.state, draft.version), ("replaced", "agreed", 2))

    def test_two_targets_for_the_same_days_are_refused(self):
        self.target(self.worth, self.employee, target=1000)

        with self.assertRaisesRegex(ValidationError, "new version"):
            self.target(self.worth, self.employee, target=900)

    def test_states_are_reached_by_buttons_only(self):
        target = self.target(self.worth, self.employee, target=1000)

        for values in ({"state": "draft"}, {"version": 7}, {"date_acknowledged": DAY}):
            with self.subTest(values=values), self.assertRaises(UserError):
                target.sudo().write(values)

    def test_only_the_employee_agrees(self):
        target = self.target(self.worth, self.employee, target=1000)
        with self.assertRaises(AccessError):
            target.with_user(self.manager).action_acknowledge()

        target.with_user(self.employee).action_acknowledge()

        self.assertTrue(target.date_acknowledged)

    def test_t1_who_sees_which_target(self):
        own = self.target(self.worth, self.employee, target=1000)
        other = self.target(self.worth, self.colleague, target=1000)
        whole = self.target(self.worth, None, target=5000)
        seen = {
            self.employee: [True, False, True],
            self.colleague: [False, True, True],
            self.leader: [True, False, True],
            self.manager: [True, True, True],
        }

        for user, answers in seen.items():
            for target, sees in zip((own, other, whole), answers, strict=True):
                with self.subTest(user=user.name, target=target.display_name):
                    self.assertEqual(target.with_user(user).has_access("read"), sees)

    def test_a_goal_that_makes_no_sense_is_refused(self):
        cases = {
            "have to rise": {"minimum": 2000},
            "cap is 100": {"cap_percent": 50},
            "weight is 0 or more": {"weight": -1},
            "not for both": {"team_id": self.team.id},
        }
        for words, values in cases.items():
            with (
                self.subTest(words=words),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self.target(self.worth, self.employee, target=1000, **values)

    def test_the_tree_of_a_card_stays_a_tree(self):
        first, second = self.card.line_ids

        for values in ({"parent_id": first.id}, {"weight": -1}, {"indicator_id": False}):
            with (
                self.subTest(values=values),
                self.assertRaises(ValidationError),
                self.env.cr.savepoint(),
            ):
                second.write(values)
