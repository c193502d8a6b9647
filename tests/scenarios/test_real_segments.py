"""The customers of a real pipeline, classed by ABC and XYZ, against plain Python on the file."""

import unittest
from collections import defaultdict
from datetime import datetime
from statistics import mean, pstdev

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from . import pipeline_files as files

#: The year 2017 is in the file, whole but for its beginning.
NOW = datetime(2018, 1, 10, 12)


@tagged("post_install", "-at_install")
@unittest.skipUnless(
    files.folder().is_dir(), "the public sample of opportunities is not here (set SUITE_DATA)"
)
class TestRealSegments(TransactionCase):
    """85 accounts and the deals won with them in 2017."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.cr._now = NOW
        cls.company = cls.env["res.company"].create({"name": "Real Ltd"})
        cls.won = [
            (
                row["account"],
                datetime.strptime(row["close_date"], "%d-%m-%y").date(),
                int(float(row["close_value"])),
            )
            for row in files.read("sales_pipeline")
            if row["deal_stage"] == "Won"
        ]
        cls.accounts = cls.env["res.partner"].create(
            [
                {"name": row["account"], "is_company": True, "company_id": cls.company.id}
                for row in files.read("accounts")
            ]
        )
        cls._write_deals()

    @classmethod
    def _write_deals(cls):
        """Write the deals as rows: that they can be imported is proved elsewhere."""
        ids = {account.name: account.id for account in cls.accounts}
        deals = SQL(", ").join(
            SQL("(%s, %s::date, %s)", ids[name], day, amount) for name, day, amount in cls.won
        )
        cls.env.execute_query(
            SQL(
                """
                INSERT INTO crm_lead (name, type, active, partner_id, company_id, won_status,
                                      expected_revenue, date_closed)
                SELECT 'Deal', 'opportunity', TRUE, partner, %s, 'won', amount,
                       day + interval '12 hours'
                  FROM (VALUES %s) AS deal(partner, day, amount)
             RETURNING id
                """,
                cls.company.id,
                deals,
            )
        )

    def judge(self, **values):
        """Return the code of each account's class, by its name."""
        method = self.env["crm.segment.method"].create(
            {"name": "Real", "company_id": self.company.id, **values}
        )
        method.action_start()
        members = self.env["crm.segment.membership"].search([("method_id", "=", method.id)])
        return {one.partner_id.name: one.segment_id.code for one in members}

    def by_month(self):
        """Return the sums of each account by month of 2017."""
        sums = defaultdict(lambda: [0] * 12)
        for name, day, amount in self.won:
            if day.year == 2017:
                sums[name][day.month - 1] += amount
        return sums

    def test_abc_of_the_accounts_is_that_of_the_file(self):
        sums = {name: sum(months) for name, months in self.by_month().items()}
        total, wanted = sum(sums.values()), {}
        for name, own in sums.items():
            share = sum(amount for amount in sums.values() if amount > own) / total
            wanted[name] = "A" if share < 0.8 else "B" if share < 0.95 else "C"

        self.assertEqual(self.judge(kind="abc"), wanted)
        self.assertEqual(len(wanted), 85)

    def test_xyz_of_the_accounts_is_that_of_the_file(self):
        first = {}
        for name, day, _amount in self.won:
            month = 0 if day.year < 2017 else day.month - 1
            first[name] = min(month, first.get(name, 11))
        wanted = {}
        for name, months in self.by_month().items():
            own = months[first[name] :]
            variation = pstdev(own) / mean(own)
            wanted[name] = "X" if variation <= 0.6 else "Y" if variation <= 0.8 else "Z"

        self.assertEqual(self.judge(kind="xyz", x_percent=60, y_percent=80), wanted)
