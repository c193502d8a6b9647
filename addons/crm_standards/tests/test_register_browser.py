from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import StandardsCase


@tagged("post_install", "-at_install")
class TestRegisterBrowser(StandardsCase, HttpCase):
    """A version goes its way from the writer's desk to the reader, in a real browser."""

    browser_size = "1366x768"

    def test_version_is_written_approved_put_in_force_and_read(self):
        standard = self.env["crm.standard"].create(
            {
                "name": "House rules",
                "description": "<p>Answer within a day</p>",
                "user_id": self.controller.id,
                "team_ids": [Command.set(self.team.ids)],
                "approver_ids": [Command.set(self.leader.ids)],
                "is_to_acknowledge": True,
            }
        )
        standard = standard.with_user(self.controller)
        standard.action_send_to_review()
        standard.open_version_id.with_user(self.leader).action_approve()
        standard.open_version_id.action_put_in_force()

        self.start_tour(
            f"/odoo/standards/{standard.id}", "standards_register_write", login="std_controller"
        )
        version = standard.open_version_id
        address = f"/odoo/standard-versions/{version.id}"
        self.start_tour(address, "standards_register_approve", login="std_leader")
        self.start_tour(address, "standards_register_put_in_force", login="std_controller")
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_version_cron").method_direct_trigger()
        self.start_tour("/odoo/my-reading", "standards_register_read", login="std_salesman")

        self.assertEqual(standard.name, "House rules, better")
        request = version.acknowledgement_ids.filtered(lambda r: r.user_id == self.salesman)
        self.assertRecordValues(request, [{"state": "acknowledged", "digest": version.digest}])
