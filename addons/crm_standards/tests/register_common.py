from unittest.mock import patch

from odoo.fields import Command, Datetime
from odoo.tests import freeze_time

from .common import StandardsCase


class RegisterCase(StandardsCase):
    """Standards that were approved, and their next versions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vals = cls.rule_vals("enter", cls.stage_qualified, ["partner_id"], name="Know him")

    def approved_standard(self, approvers=None):
        """Return a standard in force that the leader (or others) approved."""
        standard = (
            self.env["crm.standard"]
            .create(
                {
                    "name": "House rules",
                    "code": "ST-9",
                    "description": "<p>Answer within a day</p>",
                    "user_id": self.controller.id,
                    "team_ids": [Command.set(self.team.ids)],
                    "rule_ids": [Command.create(self.vals)],
                    "approver_ids": [Command.set((approvers or self.leader).ids)],
                }
            )
            .with_user(self.controller)
        )
        standard.action_send_to_review()
        for approver in approvers or self.leader:
            standard.open_version_id.with_user(approver).action_approve()
        standard.open_version_id.action_put_in_force()
        return standard

    def new_version(self, standard):
        """Return the next version of a standard and the draft in which it is written."""
        standard.action_new_version()
        return standard.open_version_id, standard.open_version_id.document_id

    def approve(self, version, approver=None):
        version.action_send_to_review()
        version.with_user(approver or self.leader).action_approve()

    def at(self, moment):
        """Let the work that follows happen at a moment."""
        return patch.object(self.env.cr, "now", lambda: Datetime.to_datetime(moment))

    def run_job(self, moment):
        """Run the scheduled job as it would run at a moment."""
        with freeze_time(moment), self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_version_cron").method_direct_trigger()
        self.env.invalidate_all()
