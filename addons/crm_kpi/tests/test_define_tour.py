from datetime import datetime

from odoo.tests import HttpCase, tagged

from .common import KpiCase


@tagged("post_install", "-at_install")
class TestDefineTour(HttpCase, KpiCase):
    """What is measured and what is asked is said in a browser, without a line of code."""

    browser_size = "1400x900"

    def test_a_manager_defines_an_indicator_and_a_target(self):
        self.lead(self.employee)
        self.at(datetime.now().replace(microsecond=0))

        self.start_tour("/odoo/kpi-measures", "crm_kpi_define", login="kpi_manager")

        target = self.env["crm.kpi.target"].search([("indicator_id.code", "=", "toured_indicator")])
        self.assertEqual(
            (target.user_id, target.target, target.state), (self.employee, 10, "agreed")
        )
