from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestFairness(ResultCase):
    """Answers that do not count, appeals, few answers, and judges nobody picked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.survey.loop.rule"].search([]).active = False
        cls.asked = cls.survey(user_id=cls.manager.id)

    def facts(self, *values, user=None, team=None):
        moment = {"rated_user_id": (user or self.employee).id, "channel": "mail"}
        moment["rated_team_id"] = (team or self.team).id
        return self.fact(self.answer(self.asked, [{"nps": one} for one in values], **moment))

    def do(self, user, fact, deed, words="It was the carrier.", reason=False):
        """Do something about an answer as the dialog does it."""
        deeds = self.env["crm.survey.exclusion.deed"].with_user(user)
        values = {"fact_id": fact.id, "deed": deed, "words": words, "reason": reason}
        return deeds.create(values).action_confirm()

    def test_an_excluded_answer_counts_for_no_figure_and_is_told(self):
        facts = self.facts(*[10] * 10, 0)
        self.do(
            self.manager,
            facts.filtered(lambda fact: not fact.nps_value),
            "exclude",
            reason="beyond",
        )

        results = self.results(survey=self.asked.id)

        self.assertEqual(results["total"]["value"], 100)
        self.assertEqual(results["total"]["count"], 10)
        self.assertEqual(results["excluded"], 1)

    def test_a_rebuild_does_not_bring_it_back(self):
        fact = self.facts(0)
        self.do(self.manager, fact, "exclude", reason="beyond")

        self.asked._rebuild_facts()

        self.assertTrue(fact.is_excluded)

    def test_an_exclusion_needs_a_reason_and_words(self):
        fact = self.facts(0)

        with self.assertRaises(UserError):
            self.do(self.manager, fact, "exclude")
        with self.assertRaises(UserError):
            self.do(self.manager, fact, "exclude", words=" ", reason="beyond")
        self.assertFalse(fact.is_excluded)

    def test_t1_only_managers_decide_and_not_about_themselves(self):
        fact, own = self.facts(0), self.facts(0, user=self.manager)

        for user, about in (
            (self.employee, fact),
            (self.leader, fact),
            (self.manager, own),
        ):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.do(user, about, "exclude", reason="beyond")

    def test_an_employee_appeals_once_and_is_answered(self):
        fact = self.facts(0)
        self.do(self.employee, fact, "appeal", "The carrier lost it.")
        exclusion = fact.exclusion_ids
        self.assertEqual(
            (exclusion.state, exclusion.activity_ids.user_id), ("appealed", self.manager)
        )

        self.do(self.manager, fact, "refuse", "You chose the carrier.")

        self.assertEqual((exclusion.state, fact.is_excluded), ("refused", False))
        self.assertEqual(exclusion.with_user(self.employee).decision, "You chose the carrier.")
        self.assertFalse(exclusion.activity_ids)
        with self.assertRaises(UserError):
            self.do(self.employee, fact, "appeal", "Once more.")

    def test_an_appeal_can_end_in_an_exclusion_that_can_be_lifted(self):
        fact = self.facts(0)
        self.do(self.employee, fact, "appeal", "Not my customer.")
        self.do(self.manager, fact, "exclude", "Right.", "not_about")
        self.assertTrue(fact.is_excluded)
        self.assertEqual(fact.exclusion_ids.appeal, "Not my customer.")

        self.do(self.manager, fact, "lift", "He was, after all.")

        self.assertFalse(fact.is_excluded)
        self.assertEqual(fact.exclusion_ids.state, "lifted")
        self.assertEqual(fact.exclusion_ids.decision, "Right.")

    def test_t1_nobody_appeals_for_others(self):
        fact = self.facts(0)

        for user in (self.leader, self.manager, self.colleague):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.do(user, fact, "appeal")

    def test_t19_an_exclusion_is_not_edited(self):
        fact = self.facts(0)
        self.do(self.manager, fact, "exclude", reason="beyond")

        for deed in (
            lambda: fact.exclusion_ids.write({"decision": "Other words"}),
            fact.exclusion_ids.unlink,
            lambda: fact.write({"is_excluded": False}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_t1_who_sees_which_exclusion(self):
        fact, other = self.facts(0), self.facts(0, user=self.colleague, team=self.other_team)
        for one in (fact, other):
            self.do(self.manager, one, "exclude", reason="beyond")

        for role, seen in (("employee", fact), ("leader", fact), ("manager", fact | other)):
            exclusions = self.env["crm.survey.exclusion"].with_user(getattr(self, role))
            with self.subTest(role=role):
                found = exclusions.search([("fact_id", "in", (fact | other).ids)])
                self.assertEqual(found.fact_id, seen)

    def test_few_answers_are_drawn_to_the_team(self):
        self.facts(*[10] * 20)
        self.facts(*[0] * 20, user=self.colleague)

        rows = self.table(self.results(survey=self.asked.id), "user")

        self.assertEqual(rows[self.employee.id]["fair"], 50)
        self.assertEqual(rows[self.colleague.id]["fair"], -50)

    def test_an_employee_is_not_shown_what_the_team_has(self):
        self.facts(*[10] * 20)
        self.facts(*[0] * 20, user=self.colleague)

        rows = self.table(self.results(self.employee, survey=self.asked.id), "user")

        self.assertNotIn("fair", rows[self.employee.id])

    def test_whose_judges_were_picked_is_told(self):
        for user, count in ((self.employee, 5), (self.colleague, 38)):
            values = {"user_id": user.id, "team_id": self.team.id}
            for number in range(40):
                invitation = self.invite(self.asked, **values)
                if number >= count:
                    invitation._move("not_sent", reason="canceled")

        balance = self.results(survey=self.asked.id)["balance"]

        self.assertEqual(
            [(row["id"], row["verdict"]) for row in balance],
            [(self.employee.id, "fewer"), (self.colleague.id, "more")],
        )
        self.assertIsNone(self.results(self.employee, survey=self.asked.id)["balance"])
