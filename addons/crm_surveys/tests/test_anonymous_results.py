from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .anonymous_common import AnonymousCase


@tagged("post_install", "-at_install")
class TestAnonymousResults(AnonymousCase):
    """No door shows single answers, figures of few, or what lies between two figures."""

    def _open(self, user=None):
        survey = self.secret.with_user(user or self.manager)
        action = survey.action_show_anonymous_results()
        return self.env[action["res_model"]].with_user(survey.env.user).browse(action["res_id"])

    def _names(self, result, measure="NPS"):
        return {row.name for row in result.row_ids if row.measure == measure and row.name}

    def test_figures_are_of_all_and_of_groups_that_hide_each(self):
        self.env.company.survey_minimum_count = 5
        self.fill(
            *[(self.team, self.employee, 10)] * 6, *[(self.other_team, self.colleague, 0)] * 6
        )

        result = self._open()

        total = result.row_ids.filtered(lambda row: row.group == "All" and row.measure == "NPS")
        self.assertEqual((total.value, total.count), (0, 12))
        by_name = {row.name: row.value for row in result.row_ids if row.measure == "NPS"}
        self.assertEqual(by_name[self.employee.name], 100)
        self.assertEqual(by_name[self.other_team.display_name], -100)
        self.assertIn("Quite good", result.words)

    def test_a_figure_has_bounds_or_shows_none(self):
        self.env.company.survey_minimum_count = 5
        _asked, ballots = self.ask(12)
        (price, _delay) = self.secret.question_ids.filtered(
            lambda question: question.role == "reason"
        ).suggested_answer_ids
        for ballot in ballots:
            self.cast(ballot, nps=9, driver=3, reason=price.id)
        self.secret.active = False
        self.pour()

        rows = {row.measure: row for row in self._open().row_ids if row.group == "All"}

        self.assertTrue(rows["NPS"].has_bounds)
        self.assertFalse(rows["Driver, % of the scale"].has_bounds)
        reason = rows["Why?"]
        self.assertEqual((reason.value, reason.high, reason.has_bounds), (100, 100, True))
        self.assertLess(reason.low, 100)

    def test_the_minimum_of_the_company_holds_if_it_is_higher(self):
        self.env.company.survey_minimum_count = 10
        self.fill(
            *[(self.team, self.employee, 10)] * 6, *[(self.other_team, self.colleague, 0)] * 12
        )

        names = self._names(self._open())

        self.assertNotIn(self.employee.name, names)
        self.assertIn(self.colleague.name, names)

    def test_too_few_have_no_figures_at_all(self):
        self.fill(*[(self.team, self.employee, 10)] * 6)

        result = self._open()

        self.assertFalse(result.has_figures or result.row_ids or result.words)
        self.assertFalse(result.answer_count)

    def test_a_group_whose_figure_tells_of_few_others_is_left_out(self):
        self.env.company.survey_minimum_count = 5
        nobody = self.env["res.users"]
        self.fill(*[(self.team, self.employee, 10)] * 9, *[(self.team, nobody, 0)] * 5)
        # two of the five have skipped the question: three are left beside the employee's nine
        facts = self.facts().filtered(lambda fact: not fact.user_id)
        facts[:2]._sealed_write({"nps_points": False, "has_nps": False})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_survey_fact SET nps_points = NULL WHERE id = ANY(%s)", [facts[:2].ids]
        )

        names = self._names(self._open())

        self.assertNotIn(self.employee.name, names)
        self.assertIn(self.team.display_name, names)

    def test_words_of_few_are_not_shown(self):
        self.env.company.survey_minimum_count = 5
        self.fill(*[(self.team, self.employee, 10)] * 6)
        texts = self.responses().user_input_line_ids.filtered("value_text_box")
        self.env.cr.execute(
            "UPDATE survey_user_input_line SET value_text_box = NULL, skipped = TRUE "
            "WHERE id = ANY(%s)",
            [texts[:3].ids],
        )
        self.env.invalidate_all()

        self.assertFalse(self._open().words)

    def test_t1_single_answers_are_read_through_no_door(self):
        self.fill(*[(self.team, self.employee, 10)] * 20)
        fact, response = self.facts()[0], self.responses()[0]
        score_ids = self.env["crm.survey.fact.score"].search([("fact_id", "in", self.facts().ids)])
        for user in (self.employee, self.leader, self.manager):
            user.group_ids |= self.env.ref("base.group_allow_export")
            with self.subTest(user.login):
                facts = self.env["crm.survey.fact"].with_user(user)
                self.assertFalse(facts.search([("survey_id", "=", self.secret.id)]))
                self.assertFalse(
                    facts._read_group(
                        [("survey_id", "=", self.secret.id)], ["user_id"], ["nps_points:avg"]
                    )
                )
                with self.assertRaises(AccessError):
                    fact.with_user(user).read(["nps_value"])
                with self.assertRaises(AccessError):
                    fact.with_user(user).export_data(["nps_value"])
                with self.assertRaises(AccessError):
                    response.with_user(user).read(["state"])
                with self.assertRaises(AccessError):
                    response.user_input_line_ids.with_user(user).read(["display_name"])
                self.assertFalse(score_ids.with_user(user).search([("id", "in", score_ids.ids)]))
                for model in ("crm.survey.ballot", "crm.survey.boxed"):
                    with self.assertRaises(AccessError):
                        self.env[model].with_user(user).search([])

    def test_t1_core_s_administrator_reads_none_either(self):
        self.fill(*[(self.team, self.employee, 10)] * 6)
        admin = self.env.ref("base.user_admin")
        admin.group_ids |= self.env.ref("survey.group_survey_manager")
        admin.group_ids |= self.env.ref("crm_surveys.group_manager")

        responses = self.env["survey.user_input"].with_user(admin)

        self.assertFalse(responses.search([("survey_id", "=", self.secret.id)]))

    def test_no_other_figure_has_them(self):
        self.env.company.survey_minimum_count = 5
        self.fill(*[(self.team, self.employee, 10)] * 6)
        results = self.env["crm.survey.result"].with_user(self.manager)

        found = results.get_results({"survey": self.secret.id})

        self.assertEqual(found["total"]["count"], 0)
        self.assertFalse(results.get_texts({"survey": self.secret.id})["texts"])
        self.assertFalse(
            [key for key in self.env["crm.survey.drop"]._get_pairs() if key[1] == self.secret.id]
        )

    def test_t1_only_leaders_and_managers_look_and_each_at_his_own(self):
        self.fill(*[(self.team, self.employee, 10)] * 12)
        for user in (self.employee, self.interviewer, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._open(user)
        own = self._open(self.leader)

        with self.assertRaises(AccessError):
            own.with_user(self.manager).row_ids.read(["value"])

    def test_surveys_by_name_have_their_figures_elsewhere(self):
        with self.assertRaisesRegex(UserError, "not anonymous"):
            self.survey(("nps",)).with_user(self.manager).action_show_anonymous_results()

    def test_a_figure_tells_nothing_of_one_more_answer(self):
        self.env.company.survey_minimum_count = 5
        self.fill(*[(self.team, self.employee, 10)] * 10)
        before = self._open().answer_count
        self.secret.active = True
        _asked, ballots = self.ask(6)
        for ballot in ballots[:4]:
            self.cast(ballot)
            self.pour()
            self.assertEqual(self._open().answer_count, before)

    def test_t1_a_leader_sees_his_teams_and_no_words(self):
        self.env.company.survey_minimum_count = 5
        self.fill(
            *[(self.team, self.employee, 10)] * 6, *[(self.other_team, self.colleague, 0)] * 6
        )

        own = self._open(self.leader)

        self.assertEqual(
            set(own.row_ids.mapped("name")), {self.team.display_name, self.employee.display_name}
        )
        self.assertFalse(own.words or own.answer_count)
