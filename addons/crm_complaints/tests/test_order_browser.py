from odoo.tests import HttpCase, tagged

from .process_common import ProcessCase


@tagged("post_install", "-at_install")
class TestOrderBrowser(ProcessCase, HttpCase):
    """An order goes to and fro between clerk, employee and controller, in a real browser."""

    browser_size = "1366x768"

    def test_an_order_is_given_done_returned_done_again_and_checked(self):
        complaint = self.complaint(self.clerk)

        for tour, login, url in (
            ("give", "cmp_clerk", f"/odoo/complaints/{complaint.id}"),
            ("do", "cmp_outsider", "/odoo"),
            ("return", "cmp_salesman", "/odoo"),
            ("redo", "cmp_outsider", "/odoo"),
            ("check", "cmp_salesman", "/odoo/given-complaint-tasks"),
        ):
            self.start_tour(url, f"complaint_order_{tour}", login=login)

        order = complaint.task_ids.filtered(lambda task: not task.step_id)
        self.assertRecordValues(
            order,
            [
                {
                    "state": "checked",
                    "user_id": self.outsider.id,
                    "controller_id": self.salesman.id,
                    "result": "Eight are left",
                }
            ],
        )
        self.assertEqual(
            order.event_ids.sorted("id").mapped("deed"),
            ["offer", "accept", "finish", "return", "finish", "check"],
        )
