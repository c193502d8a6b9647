from datetime import date, datetime

from odoo.fields import Command

from ..logic.period import period_of
from .test_closing import DAY, ClosingCase

MONTHS = [period_of(date(2026, month, 1), "month") for month in (1, 2, 3, 4)]


class TestCourse(ClosingCase):
    """Scores of periods one after the other, as the own page and the board's past show them."""

    def fill(self):
        """Sell each month; March is put right by hand, closed, and something comes in late."""
        for month, amount in ((1, 100), (2, 300), (3, 500)):
            self.lead(self.employee, at=datetime(2026, month, 10, 12), amount=amount)
        self.target(self.sold, self.employee, date_from=date(2026, 2, 1), target=600)
        self.refresh()
        self.env["crm.kpi.adjustment"].with_user(self.manager)._enter(
            self.card, self.sold, self.employee, DAY, 50, "Entered by mistake"
        )
        self.close()
        self.lead(self.employee, amount=7)
        self.refresh()

    def test_periods_at_once_are_what_each_is_alone(self):
        self.fill()

        for subjects in (self.employee | self.colleague, self.team, self.company):
            drawn = self.card._draw_course(MONTHS, subjects)
            for month in MONTHS:
                with self.subTest(month=month, subjects=subjects):
                    self.assertEqual(drawn[month], self.card._draw_scores(month, subjects))

    def test_each_month_has_its_own_figures_targets_and_adjustments(self):
        self.fill()

        drawn = self.card._draw_course(MONTHS, self.employee)

        lines = [drawn[month][self.employee].lines[0] for month in MONTHS]
        self.assertEqual([line.value for line in lines], [100, 300, 550, 0])
        self.assertEqual([line.score for line in lines], [None, 50, 55, None])

    def test_a_line_that_came_after_the_closing_says_nothing(self):
        self.fill()
        extra = self.indicator("number", measure_id=self.number.id)
        self.card.line_ids = [Command.create({"indicator_id": extra.id})]

        board = self.card.with_user(self.manager)._tell_board(1)  # it is April
        own = self.card.with_user(self.employee)._tell_own(1)

        rows = [row for team in board["teams"] for row in team["rows"]]
        row = next(row for row in rows if row["id"] == self.employee.id)
        self.assertEqual([line["value"] for line in row["lines"]], [550, 500, None])
        self.assertEqual(own["lines"][-1]["value"], None)

    def test_a_closed_period_tells_of_whom_it_was_closed(self):
        self.fill()
        late = self._make_users(("kpi_late", "Lara Late", "crm_kpi.group_user"))
        self.card.user_ids = [Command.set(late.ids)]

        march, february = self.card._get_scores(DAY), self.card._get_scores(date(2026, 2, 3))

        self.assertEqual(set(march), {self.employee, self.colleague})
        self.assertEqual(set(february), {late})
        explanation = self.env["crm.kpi.explanation"].with_user(self.manager)
        drawn = explanation.create(
            {"card_id": self.card.id, "user_id": self.employee.id, "date": DAY}
        )
        self.assertAlmostEqual(drawn.score, march[self.employee].score, places=1)

    def test_statements_do_not_grow_with_periods(self):
        year = [period_of(date(2025, month, 1), "month") for month in range(1, 13)]
        self.card._draw_course(year, self.employee)  # what is looked up once for all

        def count(months):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.card._draw_course(months, self.employee)
            return self.env.cr.sql_log_count - before

        self.assertEqual(count(year), count(year[:2]))
