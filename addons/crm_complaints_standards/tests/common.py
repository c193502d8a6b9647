from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command

from odoo.addons.crm_complaints.tests.common import ComplaintsCase

MONDAY = datetime(2026, 3, 2, 9)
TUESDAY = datetime(2026, 3, 3, 9)
FRIDAY = datetime(2026, 3, 6, 9)


class ComplaintStandardsCase(ComplaintsCase):
    """Complaints and their people, a controller of standards, and a standard about deadlines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.standard"].search([]).write({"state": "retired"})
        cls.controller, cls.employee = cls._make_users(
            ("cst_controller", "Carl Controller", "crm_standards.group_manager"),
            ("cst_employee", "Ella Employee", "crm_standards.group_user"),
        )
        cls.clerk.write({"group_ids": [Command.link(cls.env.ref("crm_standards.group_user").id)]})
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Within a day", "term_amount": 24, "term_unit": "calendar_hours"}
        )
        cls.standard = cls._make_standard()

    @classmethod
    def _make_standard(cls, *rules, date=datetime(2026, 1, 1), **values):
        """Create a standard in force since ``date``; by default one without rules."""
        with freeze_time(date):
            cls.env.cr._now = date
            standard = cls.env["crm.standard"].create(
                {
                    "name": "Answering complaints",
                    "code": "ST-7",
                    "user_id": cls.controller.id,
                    "rule_ids": [Command.create(vals) for vals in rules],
                    **values,
                }
            )
            standard.action_put_in_force()
            cls.env.flush_all()
        cls.env.cr._now = None
        return standard

    @classmethod
    def rule_vals(cls, deadline="resolution", **values):
        return {
            "name": "In time",
            "kind": "complaint",
            "strength": "record",
            "complaint_deadline": deadline,
            **values,
        }

    def late(self, complaint=None, kind="resolution", user=None, date=MONDAY):
        """Return a complaint (or task) with a clock of a day that began at ``date``."""
        with freeze_time(date):
            record = complaint or self.complaint(date_received=date)
            record.sudo()._deadline_open()._cancel("test")
            clock = record.sudo()._deadline_start(self.policy, kind, date=date)
            if user:
                clock._assign(user)
        return clock

    def sweep(self, date=FRIDAY):
        """Run the sweep of deadlines as the scheduler does."""
        self.run_job("crm_deadline.ir_cron_sweep", date)

    def run_job(self, xmlid, date=FRIDAY):
        self.env.flush_all()
        with freeze_time(date), self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()

    def follow(self, date=FRIDAY):
        """Run the job of the register."""
        self.run_job("crm_standards.crm_standard_violation_cron_follow", date)

    def violations(self, clocks):
        return self.env["crm.standard.violation"].search([("complaint_clock_id", "in", clocks.ids)])
