from odoo import SUPERUSER_ID
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_surveys.tests.common import SurveysCase
from odoo.addons.sale.tests.common import TestSaleCommon


@tagged("post_install", "-at_install")
class TestWaveInvoice(TestSaleCommon, SurveysCase):
    """Who had ordered before he was contacted was not won back by the invoice of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # accountants, whom these tests run as, know no surveys
        cls.env = cls.env(
            user=SUPERUSER_ID,
            context={**cls.env.context, "allowed_company_ids": cls.env.company.ids},
        )
        cls.env["crm.survey.budget"].search([]).active = False

    def _order(self, moment, price):
        product = self.company_data["product_order_no"]
        line = {"product_id": product.id, "price_unit": price, "tax_ids": False}
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": [Command.create(line)]}
        )
        order.action_confirm()
        order.date_order = moment
        return order

    def test_an_invoice_counts_when_it_was_ordered(self):
        wave = self.env["crm.survey.wave"].create(
            {
                "name": "Invoices of orders",
                "company_id": self.env.company.id,
                "survey_id": self.survey(company_id=self.env.company.id).id,
                "domain": repr([("id", "child_of", self.company_partner.id)]),
            }
        )
        order = self._order("2020-01-01 10:00:00", 100)
        wave.action_start()
        customer = wave.win_back_ids
        customer.date_contacted = "2020-02-01 10:00:00"

        invoice = order._create_invoices()
        invoice.invoice_date = "2020-03-01"
        invoice.action_post()
        self.env["crm.survey.win.back"]._cron_draw()

        self.assertFalse(customer.date_bought)
