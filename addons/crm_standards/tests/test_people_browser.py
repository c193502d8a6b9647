from odoo.tests import HttpCase, tagged

from .common import StandardsCase


@tagged("post_install", "-at_install")
class TestPeopleBrowser(StandardsCase, HttpCase):
    """The controller's and the employee's morning in a real browser."""

    browser_size = "1366x768"

    def test_controller_is_through_in_five_minutes(self):
        standard = self.standard(
            self.rule_vals(
                "enter",
                self.stage_qualified,
                ["expected_revenue"],
                name="Know the money",
                strength="record",
            )
        )
        # this morning belongs to the tour
        others = self.env["crm.standard.violation"].search([])
        others._write_fact({"date": "2020-01-01"})
        leads = [self.lead(name=f"Deal {number}") for number in ("One", "Two", "Three")]
        for lead in leads:
            lead.stage_id = self.stage_qualified
        one, two, three = [self.violations(lead) for lead in leads]
        one.with_user(self.salesman)._explain("The customer was in a hurry")

        self.start_tour(
            "/odoo/standard-control", "standards_controller_day", login="std_controller"
        )

        self.assertEqual((one + two + three).mapped("state"), ["confirmed", "excused", "excused"])
        self.assertEqual((two + three).reason_id.name, "Illness or leave")
        self.assertEqual(standard.violation_count, 3)

    def test_employee_declines_and_says_why(self):
        order = self.env["crm.standard.assignment"].with_user(self.leader)
        order = order.create({"name": "Send the samples", "user_id": self.salesman.id})

        self.start_tour(
            "/odoo/my-standard-assignments",
            "standards_assignment_declined",
            login="std_salesman",
        )

        self.assertEqual((order.state, order.reason), ("declined", "I am in court that day"))
