from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import SegmentCase


class TestMap(SegmentCase):
    """The figures of the map."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.large, cls.small = map(cls.customer, ("Large", "Small"))
        for month in (1, 2, 3):
            cls.won(cls.large, 300, f"2026-0{month}-05")
        cls.won(cls.small, 100, "2026-01-05")
        cls.abc = cls.method("abc")
        cls.xyz = cls.method("xyz", period_count=3)
        cls.bcg = cls.method("bcg")
        (cls.abc | cls.xyz | cls.bcg).action_start()

    def get_map(self, user=None, **chosen):
        methods = self.env["crm.segment.method"].with_user(user or self.user)
        return methods.get_map(chosen)

    def test_the_matrix_counts_customers_of_two_classes(self):
        matrix = self.get_map()["matrix"]
        cells = {cell["name"]: cell for row in matrix["rows"] for cell in row["cells"]}

        self.assertEqual((cells["A / X"]["count"], cells["A / X"]["amount"]), (1, 900))
        self.assertEqual(cells["B / Z"]["count"], 1)
        self.assertEqual(sum(cell["count"] for cell in cells.values()), 2)

    def test_a_cell_opens_the_customers_it_counts(self):
        matrix = self.get_map()["matrix"]
        cell = next(c for row in matrix["rows"] for c in row["cells"] if c["name"] == "A / X")

        found = self.env["crm.segment.membership"].with_user(self.user).search(cell["domain"])

        self.assertEqual(found.partner_id, self.large)

    def test_the_curve_goes_from_nothing_to_everything(self):
        curve = self.get_map()["pareto"]

        self.assertEqual(curve[0], {"x": 0, "y": 0})
        self.assertEqual(curve[1], {"x": 50, "y": 90})
        self.assertEqual(curve[-1], {"x": 100, "y": 100})

    def test_bubbles_are_customers_with_share_and_growth(self):
        portfolio = self.get_map()["portfolio"]

        self.assertEqual([one["name"] for one in portfolio["bubbles"]], ["Large", "Small"])
        self.assertIsNone(portfolio["bubbles"][0]["told_growth"])

    def test_another_method_is_shown_when_it_is_chosen(self):
        other = self.method("abc", a_percent=10)
        other.action_start()

        self.assertEqual(self.get_map(abc=other.id)["chosen"]["abc"], other.id)

    def test_what_is_shown_together_is_of_the_company_of_abc(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.user.company_ids = [Command.link(other.id)]
        theirs = {
            kind: self.method(kind, company_id=other.id, sequence=20 if kind == "abc" else 1)
            for kind in ("abc", "xyz", "bcg")
        }
        for method in theirs.values():
            method.action_start()
        methods = self.env["crm.segment.method"].with_user(self.user)
        methods = methods.with_context(allowed_company_ids=(self.company | other).ids)

        ours = methods.get_map({"bcg": theirs["bcg"].id})
        chosen = methods.get_map({"abc": theirs["abc"].id, "bcg": self.bcg.id})["chosen"]

        self.assertEqual(
            ours["chosen"], {"abc": self.abc.id, "xyz": self.xyz.id, "bcg": self.bcg.id}
        )
        self.assertEqual([one["id"] for one in ours["methods"]["bcg"]], self.bcg.ids)
        self.assertEqual(chosen, {kind: method.id for kind, method in theirs.items()})

    def test_the_portfolio_has_a_currency_of_its_own(self):
        foreign = self.env["res.currency"].create(
            {
                "name": "ZZQ",
                "symbol": "z",
                "rate_ids": [
                    Command.create({"name": "2024-01-01", "rate": 2, "company_id": self.company.id})
                ],
            }
        )
        other = self.method("bcg", currency_id=foreign.id)
        other.action_start()

        found = self.get_map(bcg=other.id)

        self.assertEqual(found["currency_id"], self.currency.id)
        self.assertEqual(found["portfolio"]["currency_id"], foreign.id)

    def test_t5_garbage_shows_the_first_methods_or_is_refused(self):
        for wrong in ({"abc": "x"}, {"abc": [1]}, {"abc": -1}, {"what": {}}):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.get_map(**wrong)["chosen"]["abc"], self.abc.id)
        with self.assertRaises(UserError):
            self.env["crm.segment.method"].with_user(self.user).get_map(["abc"])

    def test_t14_the_map_needs_the_role(self):
        with self.assertRaises(AccessError):
            self.get_map(self.outsider)

    def test_customers_of_a_branch_are_named_to_their_company(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        theirs = self.customer("Of a Branch", company_id=branch.id)
        self.won(theirs, 5000, company_id=branch.id)
        self.bcg.action_compute()
        self.env.invalidate_all()

        names = [one["name"] for one in self.get_map()["portfolio"]["bubbles"]]

        self.assertEqual(names[0], "Of a Branch")

    def test_t21_figures_of_other_companies_are_not_in_it(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})

        found = self.get_map(abc=self.abc.id)

        self.assertFalse(any(found["chosen"].values()))
        self.assertEqual(found["pareto"], [])
        self.assertEqual(found["classes"], [])
