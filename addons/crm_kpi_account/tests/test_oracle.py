import os
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from random import Random

from .test_measures import MoneyCase

#: Each story is told with a number of its own; ``KPI_STORIES`` tells more of them.
STORIES = int(os.environ.get("KPI_STORIES", "4"))
DEEDS = 12
START = datetime(2026, 3, 2, 9)
SPAN = date(2026, 1, 1), date(2026, 12, 31)


class TestMoneyOracle(MoneyCase):
    """Money by the engine and as one would count it by hand: refunds, currencies, new sellers."""

    compared = 0

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env["res.currency"].create({"name": "KPF", "symbol": "F"})
        for day, rate in (("2026-01-01", 2.0), ("2026-03-06", 4.0)):
            cls.env["res.currency.rate"].create(
                {
                    "currency_id": cls.foreign.id,
                    "company_id": cls.company.id,
                    "name": day,
                    "rate": rate,
                }
            )
        cls.customers = cls.env["res.partner"].create([{"name": f"Payer {n}"} for n in range(3)])
        billed = cls.measure(
            "billed",
            model_id=cls.env["ir.model"]._get_id("account.move"),
            aggregate="sum",
            value_field="amount_total",
            date_field="invoice_date",
            actor_path="invoice_user_id",
            domain=[("move_type", "in", ("out_invoice", "out_refund")), ("state", "=", "posted")],
        )
        codes = ("invoiced", "cash_in", "cash_out", "customers_paid_first")
        cls.told = {one.code: one for one in cls.measures if one.code in codes}
        cls.told["billed"] = billed

    def setUp(self):
        super().setUp()
        self.bills = self.env["account.move"]
        self.stays = defaultdict(list)  # who has had an invoice or a matched payment since when

    def tell(self, random):
        """Let something happen to the invoices, and count."""
        self.at(self.clock + timedelta(minutes=random.randrange(31, 1500)))
        deed = random.choices([self._bill, self._pay, self._pass_on, self._unmatch], [4, 5, 2, 1])
        deed[0](random)
        self.env.flush_all()
        # the job of every minute has to do, but for what is deleted: that is found by the audit
        count = self.rebuild if deed[0] == self._unmatch else self.refresh
        count(*self.told.values())

    def _bill(self, random):
        user = random.choice([self.employee, self.colleague])
        bill = self.invoice(
            8 * random.randrange(1, 100),
            random.choice(["out_invoice", "out_invoice", "out_refund"]),
            day=self.clock.date() - timedelta(days=random.randrange(3)),
            invoice_user_id=user.id,
            partner_id=random.choice(self.customers).id,
            currency_id=random.choice([self.company.currency_id, self.foreign]).id,
        )
        self.stays[bill].append((datetime.min, user))
        self.bills |= bill

    def _pay(self, random):
        owed = self.bills.filtered(
            lambda bill: bill.currency_id == self.company.currency_id and bill.amount_residual > 1
        )
        if owed:
            bill = random.choice(owed)
            part = max(1, int(bill.amount_residual * random.choice([0.5, 1])))
            self.pay(bill, part, self.clock.date() - timedelta(days=random.randrange(3)))
            for matched in self._get_matched(bill):
                if matched not in self.stays:
                    self.stays[matched] = list(self.stays[bill])

    def _pass_on(self, random):
        if self.bills:
            bill = random.choice(self.bills)
            user = self.colleague if bill.invoice_user_id == self.employee else self.employee
            bill.invoice_user_id = user
            self.env.flush_all()
            self.stamp(bill, self.clock)
            for document in (bill, *self._get_matched(bill)):
                self.stays[document].append((self.clock, user))

    def _unmatch(self, random):
        if self.bills:
            random.choice(self.bills).line_ids.remove_move_reconcile()

    def _get_matched(self, bill):
        """Return what was matched with an invoice."""
        return bill.line_ids.matched_debit_ids | bill.line_ids.matched_credit_ids

    def owner(self, document, day):
        """Return who had a document when a day began."""
        moment = datetime.combine(day, time())
        return [user for since, user in self.stays[document] if since <= moment][-1]

    def oracle(self):
        """Return values by code and employee, as one would count them by hand."""
        found = defaultdict(float)
        for bill in self.bills:
            user = self.owner(bill, bill.invoice_date)
            sign = -1 if bill.move_type == "out_refund" else 1
            total = bill.currency_id._convert(
                bill.amount_total, self.company.currency_id, self.company, bill.invoice_date
            )
            found["billed", user.id] += total
            found["invoiced", user.id] += sign * bill.currency_id._convert(
                bill.amount_untaxed, self.company.currency_id, self.company, bill.invoice_date
            )
        paid = []
        for bill in self.bills:
            for matched in self._get_matched(bill):
                is_refund = bill.move_type == "out_refund"
                money = matched.debit_move_id if is_refund else matched.credit_move_id
                if money.journal_id.type in ("bank", "cash", "credit"):
                    user = self.owner(matched, money.date)
                    code = "cash_out" if is_refund else "cash_in"
                    found[code, user.id] += matched.amount
                    if not is_refund:
                        paid.append((money.date, matched.id, bill.partner_id, user))
        seen = set()
        for _day, _number, customer, user in sorted(paid, key=lambda row: row[:2]):
            if customer not in seen:
                seen.add(customer)
                found["customers_paid_first", user.id] += 1
        return found

    def compare(self, story):
        """Compare every measure by employee."""
        expected = self.oracle()
        for code, measure in self.told.items():
            values = self.values(measure, *SPAN)
            for user in self.employee, self.colleague:
                with self.subTest(story=story, measure=code, user=user.login):
                    self.assertAlmostEqual(values.get(user.id, 0), expected[code, user.id], 2)
                type(self).compared += 1

    def test_any_story_of_money_is_counted_as_by_hand(self):
        for story in range(STORIES):
            random = Random(story)
            with self.env.cr.savepoint(flush=True) as savepoint:
                type(self).clock = START
                self.bills, self.stays = self.bills.browse(), defaultdict(list)
                for _deed in range(DEEDS):
                    self.tell(random)
                self.compare(story)
                savepoint.rollback()
            self.env.invalidate_all()

        self.assertGreaterEqual(self.compared, STORIES * len(self.told) * 2)
