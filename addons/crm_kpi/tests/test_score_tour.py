from datetime import datetime

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestScoreTour(HttpCase, KpiCase):
    """A score is explained and a period is closed, in a browser."""

    browser_size = "1400x900"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worth = cls.measure("worth", aggregate="sum", value_field="expected_revenue")
        cls.sold = cls.indicator("sold", measure_id=cls.worth.id)
        cls.card = cls.env["crm.kpi.card"].create(
            {
                "name": "Toured Card",
                "period": "year",
                "user_ids": [Command.set(cls.employee.ids)],
                "line_ids": [Command.create({"indicator_id": cls.sold.id})],
            }
        )

    def sell(self, years_ago):
        """Sell for 500 where 1000 were asked, in a year."""
        moment = datetime.now().replace(microsecond=0) - relativedelta(years=years_ago)
        self.lead(self.employee, at=moment, amount=500)
        self.target(
            self.sold,
            self.employee,
            target=1000,
            period="year",
            date_from=fields.Date.to_date(moment),
        )
        self.at(datetime.now().replace(microsecond=0))
        self.rebuild(self.worth)

    def test_an_employee_opens_his_score_down_to_a_row(self):
        self.employee.group_ids += self.env.ref("sales_team.group_sale_salesman")
        self.sell(years_ago=0)

        self.start_tour("/odoo/my-score", "crm_kpi_explanation", login="kpi_employee")

    def test_a_manager_closes_a_period(self):
        self.sell(years_ago=1)

        self.start_tour("/odoo/scorecards", "crm_kpi_closing", login="kpi_manager")

        self.assertEqual(self.card.closing_ids.result_ids.score, 50)
