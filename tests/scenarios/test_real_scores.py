"""Figures, scores, ranking and bonus of a real pipeline, against plain Python on the file."""

import unittest
from collections import defaultdict
from datetime import date, datetime
from statistics import mean

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from . import pipeline_files as files

#: The year 2017 is in the file, whole but for its beginning.
NOW = datetime(2018, 1, 10, 12)
QUARTERS = (
    (date(2017, 1, 1), date(2017, 3, 31)),
    (date(2017, 4, 1), date(2017, 6, 30)),
    (date(2017, 7, 1), date(2017, 9, 30)),
    (date(2017, 10, 1), date(2017, 12, 31)),
)
#: What the deals of the file are in Odoo.
STATUS = {"Won": "won", "Lost": "lost", "Engaging": "pending", "Prospecting": "pending"}
MEASURES = {
    "amount": "crm_kpi_measure_won_amount",
    "count": "crm_kpi_measure_won",
    "conversion": "crm_kpi_measure_conversion",
    "cycle": "crm_kpi_measure_cycle",
}
#: Asked of everybody in the last quarter: what gives 0, 100 and 120 %.
REVENUE = (40_000, 100_000, 160_000)
CONVERSION = (40, 65)
#: From this score on, so much bonus.
RUNGS = {60: 300, 80: 600, 100: 1000, 115: 1500}


@tagged("post_install", "-at_install")
@unittest.skipUnless(
    files.folder().is_dir(), "the public sample of opportunities is not here (set SUITE_DATA)"
)
class TestRealScores(TransactionCase):
    """8,800 deals of 30 agents under six managers in three regions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr._now = NOW
        cls.company = cls.env["res.company"].create({"name": "Real Ltd"})
        cls.deals = [
            {
                "agent": row["sales_agent"],
                "status": STATUS[row["deal_stage"]],
                "amount": int(float(row["close_value"] or 0)),
                "engaged": cls._day(row["engage_date"]),
                "closed": cls._day(row["close_date"]),
            }
            for row in files.read("sales_pipeline")
        ]
        cls._make_people()
        cls._write_deals()
        cls.measures = {name: cls.env.ref(f"crm_kpi.{one}") for name, one in MEASURES.items()}
        cls.env["crm.kpi.engine"]._rebuild(cls.env["crm.kpi.measure"].union(*cls.measures.values()))

    @classmethod
    def _day(cls, text):
        return datetime.strptime(text, "%d-%m-%y").date() if text else None

    @classmethod
    def _make_people(cls):
        """Make agents in teams of their managers; a region is what its managers lead."""
        agents = sorted({deal["agent"] for deal in cls.deals})
        cls.users = dict(
            zip(
                agents,
                cls.env["res.users"]
                .with_context(no_reset_password=True)
                .create(
                    [
                        {
                            "name": name,
                            "login": f"real.{name.lower().replace(' ', '.')}",
                            "company_id": cls.company.id,
                            "company_ids": [Command.set(cls.company.ids)],
                            "group_ids": [Command.set([cls.env.ref("crm_kpi.group_user").id])],
                        }
                        for name in agents
                    ]
                ),
                strict=True,
            )
        )
        cls.managers, cls.regions = defaultdict(set), defaultdict(set)
        for row in files.read("sales_teams"):
            if row["sales_agent"] in cls.users:
                cls.managers[row["manager"]].add(row["sales_agent"])
                cls.regions[row["regional_office"]].add(row["sales_agent"])
        for manager, own in cls.managers.items():
            cls.env["crm.team"].create(
                {
                    "name": f"Team of {manager}",
                    "company_id": cls.company.id,
                    "crm_team_member_ids": [
                        Command.create({"user_id": cls.users[agent].id}) for agent in sorted(own)
                    ],
                }
            )

    @classmethod
    def _write_deals(cls):
        """Write the deals as rows: that they can be imported is proved elsewhere."""
        deals = SQL(", ").join(
            SQL(
                "(%s::int, %s, %s::numeric, %s::date, %s::date)",
                cls.users[deal["agent"]].id,
                deal["status"],
                deal["amount"],
                deal["engaged"] or date(2017, 12, 31),
                deal["closed"],
            )
            for deal in cls.deals
        )
        cls.env.execute_query(
            SQL(
                """
                INSERT INTO crm_lead (name, type, active, user_id, company_id, won_status,
                                      expected_revenue, create_date, write_date, date_closed)
                SELECT 'Deal', 'opportunity', status <> 'lost', agent, %s, status, amount,
                       engaged + interval '12 hours', engaged + interval '12 hours',
                       closed + interval '12 hours'
                  FROM (VALUES %s) AS deal(agent, status, amount, engaged, closed)
             RETURNING id
                """,
                cls.company.id,
                deals,
            )
        )

    def counted(self, first, last, agents):
        """Return what plain Python counts of some agents' deals closed between two days."""
        own = [
            deal
            for deal in self.deals
            if deal["agent"] in agents and deal["closed"] and first <= deal["closed"] <= last
        ]
        won = [deal for deal in own if deal["status"] == "won"]
        return {
            "amount": sum(deal["amount"] for deal in won),
            "count": len(won),
            "conversion": 100 * len(won) / len(own) if own else None,
            "cycle": mean((deal["closed"] - deal["engaged"]).days for deal in won) if won else None,
        }

    def told(self, first, last, domain):
        """Return what the facts tell of those under a domain."""
        found = self.env["crm.kpi.fact"]._get_values(
            self.env["crm.kpi.measure"].union(*self.measures.values()),
            first,
            last,
            (),
            [("company_id", "=", self.company.id), *domain],
        )
        return {name: found[measure].get(()) for name, measure in self.measures.items()}

    def assert_same(self, told, counted, words):
        for name, wanted in counted.items():
            if wanted is None or told[name] is None:
                self.assertFalse(wanted or told[name], f"{words} {name}")
            else:
                self.assertAlmostEqual(told[name], wanted, 6, f"{words} {name}")

    def test_figures_of_each_agent_and_quarter_are_those_of_the_file(self):
        for first, last in QUARTERS:
            for agent, user in self.users.items():
                told = self.told(first, last, [("user_id", "=", user.id)])
                self.assert_same(told, self.counted(first, last, {agent}), f"{agent} {first}")

    def test_figures_of_each_manager_and_quarter_are_those_of_the_file(self):
        self.assertEqual(len(self.managers), 6)
        for first, last in QUARTERS:
            for manager, agents in self.managers.items():
                told = self.told(first, last, [("team_id.name", "=", f"Team of {manager}")])
                self.assert_same(told, self.counted(first, last, agents), f"{manager} {first}")

    def test_figures_of_each_region_and_quarter_are_those_of_the_file(self):
        self.assertEqual(len(self.regions), 3)
        for first, last in QUARTERS:
            for region, agents in self.regions.items():
                ids = [self.users[agent].id for agent in agents]
                told = self.told(first, last, [("user_id", "in", ids)])
                self.assert_same(told, self.counted(first, last, agents), f"{region} {first}")

    def test_all_of_the_company_is_all_of_the_file(self):
        told = self.told(QUARTERS[0][0], QUARTERS[-1][1], [])

        self.assertEqual((told["amount"], told["count"]), (10_005_534, 4238))
        self.assertAlmostEqual(told["conversion"], 100 * 4238 / (4238 + 2473), 6)

    @freeze_time(NOW)
    def test_scores_ranking_and_bonus_are_those_of_the_file(self):
        wanted = {agent: self.judge(agent) for agent in self.users}
        card = self.make_card()

        scores = card._get_scores(QUARTERS[-1][0])
        board = card.get_board(card.id, 1)["board"]

        for agent, (score, bonus) in wanted.items():
            self.assertAlmostEqual(scores[self.users[agent]].score, score, 6, agent)
            self.assertEqual(scores[self.users[agent]].bonus, bonus, agent)
        rows = [row for team in board["teams"] for row in team["rows"]]
        self.assertEqual(
            [row["name"] for row in sorted(rows, key=lambda row: -row["score"])],
            sorted(wanted, key=lambda agent: (-wanted[agent][0], agent)),
        )
        # the file has people on all rungs: what is compared is not the same for all
        self.assertGreater(len({bonus for _score, bonus in wanted.values()}), 3)

    def judge(self, agent):
        """Return score and bonus of an agent in the last quarter, by arithmetic."""
        figures = self.counted(*QUARTERS[-1], {agent})
        least, asked, most = REVENUE
        amount = figures["amount"]
        if amount < asked:
            revenue = max(0, 100 * (amount - least) / (asked - least))
        else:
            revenue = 100 + 20 * min(1, (amount - asked) / (most - asked))
        least, asked = CONVERSION
        conversion = min(120, max(0, 100 * (figures["conversion"] - least) / (asked - least)))
        score = 0.7 * revenue + 0.3 * conversion
        return score, max((RUNGS[rung] for rung in RUNGS if rung <= score), default=0)

    def make_card(self):
        """Make a scorecard of two lines, and ask the same of everybody."""
        revenue = self.env.ref("crm_kpi.crm_kpi_indicator_won_amount")
        conversion = self.env.ref("crm_kpi.crm_kpi_indicator_conversion")
        asked = {
            revenue: dict(zip(("minimum", "target", "stretch"), REVENUE, strict=True))
            | {"has_stretch": True},
            conversion: dict(zip(("minimum", "target"), CONVERSION, strict=True)),
        }
        targets = self.env["crm.kpi.target"].create(
            [
                {
                    "indicator_id": indicator.id,
                    "user_id": user.id,
                    "company_id": self.company.id,
                    "period": "quarter",
                    "date_from": QUARTERS[-1][0],
                    **goal,
                }
                for user in self.users.values()
                for indicator, goal in asked.items()
            ]
        )
        targets.action_agree()
        people = self.env["res.users"].union(*self.users.values())
        return self.env["crm.kpi.card"].create(
            {
                "name": "Real quarter",
                "company_id": self.company.id,
                "period": "quarter",
                "user_ids": [Command.set(people.ids)],
                "line_ids": [
                    Command.create({"indicator_id": revenue.id, "weight": 70}),
                    Command.create({"indicator_id": conversion.id, "weight": 30}),
                ],
                "rung_ids": [
                    Command.create({"score": score, "amount": amount})
                    for score, amount in RUNGS.items()
                ],
            }
        )
