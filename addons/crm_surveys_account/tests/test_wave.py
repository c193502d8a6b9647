from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.crm_surveys.tests.common import SurveysCase


@tagged("post_install", "-at_install")
class TestWave(AccountTestInvoicingCommon, SurveysCase):
    """Posted invoices say who is silent, and who buys again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # accountants, whom these tests run as, know no surveys
        cls.env = cls.env(
            user=SUPERUSER_ID,
            context={**cls.env.context, "allowed_company_ids": cls.env.company.ids},
        )
        cls.env["crm.survey.budget"].search([]).active = False
        cls.wave = cls.env["crm.survey.wave"].create(
            {
                "name": "Invoices",
                "company_id": cls.env.company.id,
                "survey_id": cls.survey(company_id=cls.env.company.id).id,
                "domain": repr([("id", "child_of", cls.company_partner.id)]),
            }
        )

    def _invoice(self, day, entered=None, price=100):
        """Return a posted invoice of a day, entered at a moment, in UTC."""
        line = {"name": "Service", "quantity": 1, "price_unit": price, "tax_ids": False}
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": day,
                "invoice_line_ids": [Command.create(line)],
            }
        )
        invoice.action_post()
        if entered:
            self.env.flush_all()
            self.env.cr.execute(
                SQL("UPDATE account_move SET create_date = %s WHERE id = %s", entered, invoice.id)
            )
        return invoice

    def _contacted(self, moment):
        """Return the lost customer of a wave who was talked to at a moment."""
        self._invoice("2020-01-01")
        self.wave.action_start()
        customer = self.wave.win_back_ids
        customer.date_contacted = moment
        return customer

    def _draw(self):
        self.env["crm.survey.win.back"]._cron_draw()

    def test_a_posted_invoice_is_a_purchase(self):
        self.assertFalse(self.wave._get_candidates())

        invoice = self._invoice("2020-01-01")

        found = self.wave._get_candidates()
        self.assertEqual([vals["res_id"] for vals in found], invoice.ids)

    def test_an_invoice_that_was_given_back_is_none(self):
        self._invoice("2020-01-01")._reverse_moves(cancel=True)

        self.assertFalse(self.wave._get_candidates())

    def test_an_invoice_of_the_same_day_counts_by_its_hour(self):
        customer = self._contacted("2020-03-02 10:00:00")
        self._invoice("2020-03-02", entered="2020-03-02 09:00:00")
        self._draw()
        self.assertFalse(customer.date_bought)

        self._invoice("2020-03-02", entered="2020-03-02 11:00:00", price=70)
        self._draw()
        self.assertEqual(str(customer.date_bought), "2020-03-02 11:00:00")
        self.assertEqual(customer.bought_amount, 70)

    def test_the_day_of_an_invoice_is_that_of_the_company(self):
        self.env.company.partner_id.tz = "Asia/Vladivostok"
        customer = self._contacted("2020-03-01 23:00:00")

        self._invoice("2020-03-02", entered="2020-03-01 23:30:00")
        self._draw()

        self.assertEqual(str(customer.date_bought), "2020-03-01 23:30:00")
