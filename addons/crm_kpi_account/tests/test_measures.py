from datetime import date, datetime, timedelta

from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.crm_kpi.tests.common import KpiCase


class MoneyCase(KpiCase):
    """Invoices of a company, and the money that comes for them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not cls.company.chart_template:
            cls.env["account.chart.template"].try_loading("generic_coa", cls.company)
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.customer = cls.env["res.partner"].create({"name": "Paying Customer"})
        cls.measures, _indicators = cls.shipped("crm_kpi_account")

    def invoice(self, amount, kind="out_invoice", day=date(2026, 3, 1), **values):
        invoice = self.env["account.move"].create(
            {
                "move_type": kind,
                "partner_id": self.customer.id,
                "invoice_date": day,
                "invoice_user_id": self.employee.id,
                **values,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Shelf", "price_unit": amount, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        invoice.action_post()
        return invoice

    def pay(self, invoice, amount, day):
        lines = invoice.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        sign = 1 if invoice.move_type == "out_invoice" else -1
        money = self.env["account.move"].create(
            {
                "journal_id": self.bank.id,
                "date": day,
                "line_ids": [
                    Command.create(
                        {"account_id": self.bank.default_account_id.id, "balance": sign * amount}
                    ),
                    Command.create(
                        {
                            "account_id": lines.account_id.id,
                            "partner_id": self.customer.id,
                            "balance": -sign * amount,
                        }
                    ),
                ],
            }
        )
        money.action_post()
        (
            lines | money.line_ids.filtered(lambda line: line.account_id == lines.account_id)
        ).reconcile()

    def value(self, code, first=date(2026, 3, 1), last=date(2026, 3, 31)):
        self.rebuild(self.measures)
        measure = self.measures.filtered(lambda measure: measure.code == code)
        return self.values(measure, first, last).get(self.employee.id, 0)


class TestMeasures(MoneyCase):
    """Money counts for the salesperson of the invoice, on the day on which it came."""

    def test_all_that_is_brought_can_be_counted(self):
        self.assert_countable("crm_kpi_account")

    def test_what_is_paid_counts_on_the_day_of_the_payment(self):
        invoice = self.invoice(1000)
        self.pay(invoice, 400, date(2026, 3, 20))
        self.pay(invoice, 100, date(2026, 4, 2))

        self.assertEqual(self.value("cash_in"), 400)
        self.assertEqual(self.value("cash_in", date(2026, 4, 1), date(2026, 4, 30)), 100)

    def test_another_seller_of_the_invoice_moves_no_money_of_the_past(self):
        invoice = self.invoice(1000)
        self.pay(invoice, 400, date(2026, 3, 5))
        self.value("cash_in")

        invoice.invoice_user_id = self.colleague

        self.assertEqual(self.value("cash_in"), 400)

    def cash_by_user(self):
        """Return money received by employee, counted as the job does every minute."""
        measure = self.measures.filtered(lambda measure: measure.code == "cash_in")
        self.refresh(measure)
        return self.values(measure)

    def test_another_payment_of_a_day_moves_none_of_it_to_the_new_seller(self):
        invoice, other = self.invoice(1000), self.invoice(50)
        self.pay(invoice, 400, date(2026, 3, 5))
        self.assertEqual(self.cash_by_user(), {self.employee.id: 400})
        self.at(datetime(2026, 3, 11, 9))
        self.cash_by_user()  # the payment is looked at no more

        self.at(datetime(2026, 3, 12, 9))
        invoice.invoice_user_id = self.colleague
        self.pay(other, 50, date(2026, 3, 5))

        self.assertEqual(self.cash_by_user(), {self.employee.id: 450})

    def test_money_matched_late_is_of_the_seller_of_the_day_on_which_it_came(self):
        invoice = self.invoice(1000)

        self.at(datetime(2026, 3, 12, 9))
        invoice.invoice_user_id = self.colleague
        self.at(datetime(2026, 3, 14, 9))
        self.pay(invoice, 400, date(2026, 3, 5))
        self.pay(invoice, 100, date(2026, 3, 13))

        expected = {self.employee.id: 400, self.colleague.id: 100}
        self.assertEqual(self.cash_by_user(), expected)
        self.rebuild(self.measures)
        self.assertEqual(self.cash_by_user(), expected)

    def test_a_seller_between_two_looks_of_the_job_has_the_money_of_that_time(self):
        invoice = self.invoice(1000)
        for day, user in ((11, self.colleague), (14, self.leader)):
            self.at(datetime(2026, 3, day, 9))
            invoice.invoice_user_id = user
        for day in (10, 12, 15):
            self.pay(invoice, day, date(2026, 3, day))

        self.assertEqual(
            self.cash_by_user(),
            {self.employee.id: 10, self.colleague.id: 12, self.leader.id: 15},
        )

    def test_money_paid_back_is_counted_apart(self):
        self.pay(self.invoice(300, "out_refund"), 300, date(2026, 3, 7))

        self.assertEqual((self.value("cash_in"), self.value("cash_out")), (0, 300))

    def test_a_credit_note_is_no_money(self):
        invoice, refund = self.invoice(500), self.invoice(500, "out_refund")
        owed = (invoice | refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

        owed.reconcile()

        self.assertEqual((self.value("cash_in"), self.value("cash_out")), (0, 0))

    def test_a_payment_for_no_invoice_is_no_money_of_anybody_until_it_is_matched(self):
        invoice = self.invoice(400)
        self.pay(invoice, 400, date(2026, 3, 20))
        self.assertEqual(self.value("cash_in"), 400)

        invoice.line_ids.remove_move_reconcile()

        self.assertEqual(self.value("cash_in"), 0)

    def test_a_currency_without_a_rate_breaks_the_measure_by_name(self):
        bare = self.env["res.currency"].create({"name": "KPN", "symbol": "N"})
        self.invoice(100)
        self.invoice(500, currency_id=bare.id)
        billed = self.measure(
            "billed",
            model_id=self.env["ir.model"]._get_id("account.move"),
            aggregate="sum",
            value_field="amount_total",
            date_field="invoice_date",
            actor_path="invoice_user_id",
            domain=[("move_type", "=", "out_invoice"), ("state", "=", "posted")],
        )
        sound = self.measures.filtered(lambda measure: measure.code == "invoiced")

        with mute_logger("odoo.sql_db"):
            self.rebuild(billed | sound)

        self.assertIn("KPN, which has no exchange rate", billed.problem)
        self.assertIsNone(self.values(billed))
        self.assertEqual((sound.state, billed.state), ("ready", "broken"))

        self.env["res.currency.rate"].create(
            {"currency_id": bare.id, "name": "2026-01-01", "rate": 5, "company_id": self.company.id}
        )
        self.rebuild(billed)

        self.assertEqual(self.values(billed), {self.employee.id: 200})

    def test_payments_in_parts_on_one_day_are_found_once(self):
        invoice, whole = self.invoice(400), self.invoice(100)
        today = self.env.cr.now().date()
        for _number in range(2):
            self.pay(invoice, 150, today)
        self.pay(invoice, 100, today - timedelta(days=3))
        self.pay(whole, 100, today)
        oddities = self.env["crm.kpi.oddity"]

        oddities._cron_find()
        oddities._cron_find()

        found = oddities.search([("kind", "=", "split_payment")])
        self.assertEqual((found.user_id, found.amount), (self.employee, 2))
        self.assertEqual((found.res_id, found.date), (self.customer.id, today))
