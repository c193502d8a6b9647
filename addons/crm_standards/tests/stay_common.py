from datetime import datetime

from odoo.fields import Command

from .common import StandardsCase

MONDAY_9 = datetime(2026, 3, 2, 9)


class StayCase(StandardsCase):
    """Working hours 9 to 17 UTC, Monday to Friday, and a job that draws from the log."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = cls.env["resource.calendar"].create(
            {
                "name": "Nine to five",
                "tz": "UTC",
                "company_id": False,
                "attendance_ids": [Command.clear()]
                + [
                    Command.create(
                        {"name": "Day", "dayofweek": str(day), "hour_from": 9, "hour_to": 17}
                    )
                    for day in range(5)
                ],
            }
        )
        cls.env.company.resource_calendar_id = cls.calendar

    def at(self, lead, *moves):
        """Move a lead through stages at the moments given, the birth first."""
        birth, *others = moves
        self.dated(lead, birth)
        for date, stage in others:
            lead.stage_id = stage
            self.dated(lead, date)

    def draw(self):
        """Run the job as the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_stay_cron_follow_log").method_direct_trigger()
        self.env.invalidate_all()

    def stays(self, lead):
        return self.env["crm.standard.stay"].search([("lead_id", "=", lead.id)], order="id")

    def journey(self, lead):
        return self.env["crm.standard.journey"].search([("lead_id", "=", lead.id)])
