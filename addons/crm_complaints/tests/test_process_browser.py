from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .process_common import ProcessCase


def hoot_id(name):
    """Return the id Hoot gives a suite of tests, so that the browser runs this one only."""
    value = 0
    for char in name:
        value = ((value << 5) - value + ord(char)) & 0xFFFFFFFF
    return f"{value:08x}"


@tagged("post_install", "-at_install")
class TestProcessBrowser(ProcessCase, HttpCase):
    """A case passes from department to controller to clerk, in a real browser."""

    browser_size = "1366x768"

    def test_a_case_passes_from_hand_to_hand(self):
        responsible = self.env.ref("crm_complaints.crm_complaint_role_responsible")
        _process, steps = self.make_process(
            {
                "Hold the Carrier Liable": (
                    self.stage_received,
                    self.role(self.colleague),
                    ["Answer the Customer"],
                    {
                        "check_role_id": self.role(self.leader).id,
                        "check_ids": [Command.create({"name": "The notice went out"})],
                    },
                ),
                "Answer the Customer": (self.stage_acknowledged, responsible, ["End"], {}),
                "End": (self.stage_closed, None, [], {}),
            }
        )
        complaint = self.complaint(self.clerk)

        self.start_tour(
            "/odoo/my-complaint-tasks", "complaint_task_department", login="cmp_colleague"
        )
        self.start_tour(
            "/odoo/given-complaint-tasks", "complaint_task_controller", login="cmp_leader"
        )
        task = self.task_of(complaint, steps["Answer the Customer"])
        offered = task.state
        task.with_user(self.clerk).action_accept()
        self.start_tour(
            f"/odoo/complaints/{complaint.id}", "complaint_process_clerk", login="cmp_clerk"
        )

        self.assertEqual(offered, "offered")
        first = self.task_of(complaint, steps["Hold the Carrier Liable"])
        self.assertRecordValues(first, [{"state": "checked", "result": "The carrier pays"}])
        self.assertEqual(complaint.deviation_ids.user_id, self.clerk)
        self.assertEqual(complaint.stage_id.name, "External Dispute")

    def test_the_drawings(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000"
            f"&id={hoot_id('@crm_complaints')}",
            "",
            "",
            login="admin",
            timeout=240,
            error_checker=lambda message: "[HOOT]" not in message,
            success_signal="[HOOT] Test suite succeeded",
        )
