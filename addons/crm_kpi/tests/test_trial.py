from odoo.exceptions import AccessError
from odoo.tests import Form

from .test_closing import DAY, ClosingCase


class TestTrial(ClosingCase):
    """What would be, if."""

    def trial(self, user=None, **values):
        return (
            self.env["crm.kpi.trial"]
            .with_user(user or self.employee)
            .create({"card_id": self.card.id, "date": DAY, **values})
        )

    def test_more_deals_make_more_points(self):
        self.lead(self.employee, amount=300)
        self.refresh()

        trial = self.trial(number=2, worth=100)

        # 300 of 1000 and 300 of 400; then 500 of 1000 and 500 / 3 of 400
        self.assertAlmostEqual(trial.score_now, (30 * 3 + 75) / 4, 1)
        self.assertAlmostEqual(trial.score_then, (50 * 3 + 500 / 3 / 4) / 4, 1)

    def test_the_trial_is_what_the_deed_makes(self):
        self.lead(self.employee, amount=300)
        self.refresh()
        trial = self.trial(number=2, worth=250)
        expected = trial.score_then

        for _number in range(2):
            self.lead(self.employee, amount=250)
        self.refresh()

        self.assertAlmostEqual(self.card._get_scores(DAY)[self.employee].score, expected, 1)

    def test_it_says_what_the_next_step_takes(self):
        self.lead(self.employee, amount=100)
        self.refresh()

        # 500 in all make 47.9 %, 700 make 63.4 %
        advice = self.trial(worth=200).advice

        self.assertIn("3 more of 200", advice)

    def test_the_form_shows_it_before_it_is_saved(self):
        self.lead(self.employee, amount=300)
        self.refresh()
        model = self.env["crm.kpi.trial"].with_user(self.employee)

        with Form(model.with_context(default_card_id=self.card.id, default_date=DAY)) as form:
            form.number, form.worth = 2, 500
            self.assertGreater(form.points, 0)

    def test_it_begins_with_what_one_was_worth_so_far_and_what_is_good_to_have_more_of(self):
        self.number.direction = "less"
        for amount in (300, 500):
            self.lead(self.employee, amount=amount)
        self.refresh()

        trial = self.trial()

        self.assertEqual((trial.number, trial.worth), (1, 400))
        self.assertEqual(trial.measure_ids, self.worth)

    def test_t1_nobody_tries_for_others(self):
        with self.assertRaises(AccessError):
            self.trial(self.colleague, user_id=self.employee.id).mapped("score_now")
