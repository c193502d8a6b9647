from datetime import timedelta

from odoo.exceptions import AccessError, UserError

from .common import NOON
from .test_closing import DAY, ClosingCase


class TestExplanation(ClosingCase):
    """A score is taken apart for whom it concerns, down to the documents."""

    def explain(self, user=None, of=None):
        action = self.card.with_user(user or self.employee)._explain(of or self.employee, DAY)
        return (
            self.env[action["res_model"]].with_user(user or self.employee).browse(action["res_id"])
        )

    def test_the_own_score_is_explained_of_the_period_that_is_looked_at(self):
        action = self.card.with_user(self.employee).action_explain_own(1)

        explanation = self.env[action["res_model"]].browse(action["res_id"])
        # the clock says April
        self.assertEqual(explanation.display_name, "Emil Employee, March 2026")

    def test_t14_the_own_score_of_no_period_is_refused_in_words(self):
        for back in (-1, 61, "x", None, True):
            with self.subTest(back=back), self.assertRaises(UserError):
                self.card.with_user(self.employee).action_explain_own(back)
        with self.assertRaises(AccessError):
            self.card.with_user(self.leader).action_explain_own()

    def test_lines_add_up_to_the_score(self):
        self.lead(self.employee, amount=500)
        self.refresh()

        explanation = self.explain()

        self.assertEqual(explanation.score, self.card._get_scores(DAY)[self.employee].score)
        self.assertAlmostEqual(sum(explanation.line_ids.mapped("points")), explanation.score, 1)

    def test_it_says_how(self):
        self.lead(self.employee, amount=300)
        self.lead(self.employee, amount=200)
        self.refresh()

        sold, mean = self.explain().line_ids

        self.assertIn("500 give 50 %", sold.told)
        self.assertIn("version 1, not agreed to yet", sold.told)
        self.assertIn("worth / leads = 500 / 2 = 250", mean.told)
        self.assertEqual(set(mean.measure_ids.mapped("measure_id.code")), {"worth", "leads"})

    def test_adjustments_are_named_with_author_and_reason(self):
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.employee, DAY, 100, "Entered by mistake"
        )
        self.refresh()

        self.assertIn("Mara Manager: Entered by mistake", self.explain().line_ids[0].told)

    def test_documents_are_shown_as_far_as_they_may_be_seen(self):
        lead = self.lead(self.employee, amount=300)
        mine = self.lead(self.employee, amount=200)
        self.refresh()
        # counted for the employee, and with somebody else now
        self.hand_over(lead, self.colleague, at=NOON + timedelta(hours=1))
        self.refresh()
        self.employee.group_ids += self.env.ref("sales_team.group_sale_salesman")
        row = self.explain().line_ids[0].measure_ids

        action = row.action_open_documents()

        self.assertIn("1 of 2", action["name"])
        found = self.env["crm.lead"].with_user(self.employee).search(action["domain"])
        self.assertEqual(found, mine)

    def test_a_closed_period_is_explained_by_what_held_then(self):
        self.lead(self.employee, amount=500)
        closing = self.close()
        self.mean.formula = "worth * 0"
        self.card.line_ids[1].unlink()

        lines = self.result(closing).with_user(self.employee)
        action = lines.action_explain()
        explanation = self.env[action["res_model"]].browse(action["res_id"])

        self.assertEqual(explanation.closing_id, closing)
        self.assertEqual(explanation.score, 67.5)
        self.assertEqual(len(explanation.line_ids), 2)

    def test_t1_nobody_is_told_about_others(self):
        self.refresh()
        for user in (self.colleague, self.outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.explain(user)
        self.assertTrue(self.explain(self.leader))
        self.assertTrue(self.explain(self.manager))

    def test_t1_an_explanation_is_read_by_whom_it_was_drawn_for(self):
        self.refresh()
        explanation = self.explain(self.manager, self.colleague)

        self.assertFalse(explanation.with_user(self.employee).has_access("read"))
        self.assertFalse(explanation.line_ids.with_user(self.employee).has_access("read"))

    def test_one_asks_for_others_as_far_as_one_may(self):
        self.refresh()
        explanation = self.explain(self.manager)
        explanation.other_user_id = self.colleague
        other = self.env["crm.kpi.explanation"].browse(explanation.action_ask_again()["res_id"])
        self.assertEqual(other.user_id, self.colleague)

        own = self.explain()
        own.other_user_id = self.colleague
        with self.assertRaises(AccessError):
            own.action_ask_again()

    def test_what_is_sent_along_is_not_believed(self):
        self.refresh()

        explanation = (
            self.env["crm.kpi.explanation"]
            .with_user(self.employee)
            .create({"card_id": self.card.id, "date": DAY, "score": 999, "has_score": True})
        )

        self.assertNotEqual(explanation.score, 999)
        with self.assertRaises(AccessError):
            explanation.write({"score": 999})

    def test_who_is_on_no_scorecard_is_told_so(self):
        with self.assertRaises(UserError):
            self.env["crm.kpi.card"].with_user(self.leader).action_explain_mine()
