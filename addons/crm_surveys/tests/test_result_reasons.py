from freezegun import freeze_time

from odoo.exceptions import UserError

from .result_common import TODAY, ResultCase


@freeze_time(TODAY)
class TestResultReasons(ResultCase):
    """The reasons customers chose, on the page and on paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.survey.loop.rule"].search([]).active = False
        cls.asked = cls.survey(("nps", "reason", "text"))
        cls.why = cls.asked.question_ids.filtered(lambda question: question.role == "reason")
        cls.price, cls.delay = cls.why.suggested_answer_ids
        cls.own = {"rated_user_id": cls.employee.id, "rated_team_id": cls.team.id}
        cls.other = {"rated_user_id": cls.colleague.id, "rated_team_id": cls.other_team.id}

    def tell(self, price, delay, **moment):
        """Let so many customers name each reason."""
        answers = [{"nps": 2, "reason": self.price, "text": "Dear"}] * price
        answers += [{"nps": 9, "reason": self.delay, "text": "Slow"}] * delay
        return self.answer(self.asked, answers, **(moment or self.own))

    def reasons(self, user=None, **filters):
        (table,) = self.results(user, survey=self.asked.id, **filters)["reasons"] or [{"rows": []}]
        return [(row["name"], row["count"], row["percent"]) for row in table["rows"]]

    def test_reasons_stand_by_how_many_chose_them(self):
        self.tell(3, 9)
        self.answer(self.asked, [{"nps": 5, "reason": None}])

        self.assertEqual(self.reasons(), [("Delay", 9, 75.0), ("Price", 3, 25.0)])

    def test_of_several_reasons_each_is_a_share_of_the_customers(self):
        responses = self.tell(10, 0)
        # a finished response takes no more lines: one has had two from the start
        self.env.cr.execute(
            "INSERT INTO survey_user_input_line"
            " (user_input_id, question_id, answer_type, suggested_answer_id)"
            " VALUES (%s, %s, 'suggestion', %s)",
            [responses[0].id, self.why.id, self.delay.id],
        )

        self.assertEqual(self.reasons(), [("Price", 10, 100.0), ("Delay", 1, 10.0)])

    def test_of_too_few_answers_there_is_no_reason(self):
        self.tell(4, 5)

        (table,) = self.results(survey=self.asked.id)["reasons"]

        self.assertEqual((table["count"], table["is_shown"], table["rows"]), (9, False, []))

    def test_a_survey_that_asks_for_no_reason_has_no_table(self):
        plain = self.survey(("nps",))
        self.answer(plain, [{"nps": 9}] * 12)

        self.assertEqual(self.results(survey=plain.id)["reasons"], [])

    def test_t1_reasons_are_those_of_answers_one_may_read(self):
        self.tell(10, 0)
        self.tell(0, 10, **self.other)

        for role, names in (("employee", {"Price"}), ("manager", {"Price", "Delay"})):
            with self.subTest(role=role):
                found = self.reasons(getattr(self, role))
                self.assertEqual({name for name, *_counts in found}, names)
        self.assertEqual(self.reasons(self.interviewer), [])

    def test_excluded_answers_have_no_reason(self):
        responses = self.tell(10, 1)
        deeds = self.env["crm.survey.exclusion.deed"].with_user(self.manager)
        values = {"deed": "exclude", "words": "It was the carrier.", "reason": "beyond"}
        deeds.create({**values, "fact_id": self.fact(responses[-1]).id}).action_confirm()

        self.assertEqual(self.reasons(), [("Price", 10, 100.0)])

    def test_anonymous_answers_have_no_reason(self):
        self.tell(10, 0)
        self.env.cr.execute("UPDATE crm_survey_fact SET is_anonymous = TRUE")

        self.assertEqual(self.results(survey=self.asked.id)["reasons"], [])

    def test_a_reason_filters_the_page_and_leaves_all_reasons_to_choose_from(self):
        self.tell(10, 12)
        picked = {"survey": self.asked.id, "reason": self.price.id}

        results = self.results(**picked)
        words = self.env["crm.survey.result"].with_user(self.manager).get_texts(picked)["texts"]
        facts = self.env["crm.survey.fact"].with_user(self.employee).search(results["domain"])

        self.assertEqual((results["total"]["count"], results["total"]["value"]), (10, -100))
        self.assertEqual({text["text"] for text in words}, {"Dear"})
        self.assertEqual(len(facts), 10)
        self.assertEqual(facts.reason_ids, self.price)
        self.assertEqual([row["name"] for row in results["reasons"][0]["rows"]], ["Delay", "Price"])
        self.assertIsNone(results["funnel"])
        values = [one for one in results["options"]["dimensions"] if one["name"] == "reason"]
        self.assertEqual(values[0]["values"], [{"id": self.price.id, "name": "Price"}])

    def test_answers_without_a_reason_are_found(self):
        self.tell(1, 1)
        silent = self.answer(self.asked, [{"nps": 5, "reason": None}])
        domain = [("survey_id", "=", self.asked.id), ("reason_ids", "=", False)]

        self.assertEqual(self.env["crm.survey.fact"].search(domain), self.fact(silent))

    def test_t1_a_reason_nobody_named_to_the_viewer_tells_nothing(self):
        self.tell(12, 0, **self.other)

        results = self.results(self.employee, survey=self.asked.id, reason=self.price.id)

        self.assertFalse(results["total"]["count"])
        dimensions = {one["name"]: one["values"] for one in results["options"]["dimensions"]}
        self.assertEqual([one["name"] for one in dimensions["reason"]], [f"Reason {self.price.id}"])

    def test_t5_a_reason_that_is_none_is_refused(self):
        for garbage in ("1", -1, [1], True):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                self.results(reason=garbage)

    def test_reasons_stand_on_the_paper(self):
        self.tell(3, 9)
        summaries = self.env["crm.survey.summary"].with_user(self.manager)
        summary = summaries.create({"filters": {"survey": self.asked.id, "reason": self.delay.id}})
        report = self.env["ir.actions.report"].with_user(self.manager)

        paper, _kind = report._render_qweb_html("crm_surveys.crm_survey_summary_print", summary.ids)

        self.assertRegex(paper.decode(), r"(?s)Why\?.*Delay.*75\.0.*Price.*25\.0")
        self.assertRegex(paper.decode(), r"Reason: *Delay")
