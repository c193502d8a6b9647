import random
from datetime import date, timedelta
from decimal import Decimal

from odoo.tools import SQL

from ..logic import abc, bcg, rfm, xyz
from ..logic.window import window_before
from .common import NOON, SegmentCase

#: Customers of a story; deals are drawn so that ties, refunds and gaps are common.
CUSTOMERS, DEALS, STORIES = 25, 120, 12


class TestOracle(SegmentCase):
    """What the database says is what plain Python says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": f"Drawn {number}", "is_company": True, "company_id": cls.company.id}
                for number in range(CUSTOMERS)
            ]
        )
        cls.methods = {
            "abc": cls.method("abc", a_percent=70, b_percent=90),
            "xyz": cls.method("xyz", period_count=8, x_percent=40, y_percent=90),
            "seasonal": cls.method("xyz", period_count=9, period_months="3", is_seasonal=True),
            "bcg": cls.method("bcg", period_count=6, share_percent=4, growth_percent=5),
            "rfm": cls.method("rfm"),
        }

    def draw(self, seed):
        """Write deals as rows: the ORM would take minutes."""
        draw = random.Random(seed)
        deals = [
            (
                draw.choice(self.partners.ids),
                date(2026, 4, 9) - timedelta(days=int(draw.triangular(0, 1000, 0))),
                Decimal(draw.choice([10, 20, 20, 30, 55, 100, 250, -15, -20])),
            )
            for _one in range(DEALS)
        ]
        values = SQL(", ").join(SQL("(%s, %s::date, %s::numeric)", *deal) for deal in deals)
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_lead (name, type, active, partner_id, company_id, won_status,
                                      expected_revenue, date_closed)
                SELECT 'Drawn', 'opportunity', TRUE, partner, %s, 'won', amount,
                       day + interval '12 hours'
                  FROM (VALUES %s) AS drawn(partner, day, amount)
             RETURNING id
                """,
                self.company.id,
                values,
            )
        )
        return deals

    def window(self, method, times=1):
        return window_before(NOON.date(), int(method.period_months), method.period_count * times)

    def sums(self, deals, window):
        """Return the sums of periods by customer; of those who bought in the window only."""
        found = {}
        for partner, day, amount in deals:
            if 1 <= (place := window.place(day)) <= window.count:
                cells = found.setdefault(partner, [Decimal(0)] * window.count)
                cells[place - 1] += amount
        return found

    def judge_abc(self, method, deals):
        sums = {one: sum(cells) for one, cells in self.sums(deals, self.window(method)).items()}
        limits = abc.Thresholds(Decimal(method.a_percent), Decimal(method.b_percent))
        return abc.classify(sums, limits)

    def judge_xyz(self, method, deals):
        window = self.window(method)
        limits = xyz.Thresholds(
            Decimal(method.x_percent), Decimal(method.y_percent), method.least_periods
        )
        verdicts = {}
        for partner, cells in self.sums(deals, window).items():
            days = [day for one, day, _amount in deals if one == partner and day < window.end]
            first = max(window.place(min(days)), 1)
            verdicts[partner] = xyz.classify(
                cells[first - 1 :], window.seasons if method.is_seasonal else None, limits, first
            )
        return verdicts

    def judge_bcg(self, method, deals):
        sums = self.sums(deals, self.window(method, 2))
        half = method.period_count
        limits = bcg.Thresholds(Decimal(method.share_percent), Decimal(method.growth_percent))
        return bcg.classify(
            {one: (sum(cells[:half]), sum(cells[half:])) for one, cells in sums.items()}, limits
        )

    def judge_rfm(self, method, deals):
        window = self.window(method)
        habits = {}
        for partner, cells in self.sums(deals, window).items():
            bought = [
                day
                for one, day, amount in deals
                if one == partner and amount > 0 and 1 <= window.place(day) <= window.count
            ]
            latest = max(bought, default=date.min)
            habits[partner] = rfm.Habit(latest, len(bought), sum(cells))
        return rfm.classify(habits)

    def test_both_put_everybody_into_the_same_class(self):
        for seed in range(STORIES):
            self.env["crm.lead"].search([("company_id", "=", self.company.id)]).unlink()
            deals = self.draw(seed)
            for name, method in self.methods.items():
                judge = self.judge_xyz if name == "seasonal" else getattr(self, f"judge_{name}")
                with self.subTest(seed=seed, method=name):
                    method._refresh()
                    found = {one.id: code for one, code in self.codes(method).items()}
                    wanted = judge(method, deals)
                    self.assertEqual(found, {one: v.code for one, v in wanted.items()})

    def test_figures_are_the_same(self):
        deals = self.draw(99)
        for method in self.methods.values():
            method._refresh()
        figures = self.figures

        for partner, verdict in self.judge_abc(self.methods["abc"], deals).items():
            self.assertEqual(figures("abc", partner).rank, verdict.rank)
            self.assertAlmostEqual(figures("abc", partner).share_percent, float(verdict.share), 3)
        for partner, verdict in self.judge_xyz(self.methods["xyz"], deals).items():
            variation = figures("xyz", partner).variation_percent
            self.assertAlmostEqual(variation, verdict.variation or 0, 1)
        for partner, verdict in self.judge_bcg(self.methods["bcg"], deals).items():
            self.assertAlmostEqual(
                figures("bcg", partner).growth_percent, float(verdict.growth or 0), 1
            )
        for partner, verdict in self.judge_rfm(self.methods["rfm"], deals).items():
            self.assertEqual(figures("rfm", partner).score, verdict.score or 0)

    def figures(self, name, partner):
        return self.env["crm.segment.membership"].search(
            [("method_id", "=", self.methods[name].id), ("partner_id", "=", partner)]
        )
