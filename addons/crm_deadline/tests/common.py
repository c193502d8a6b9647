from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command

from .people import QUIET, PeopleCase

MONDAY = datetime(2026, 3, 2, 8)  # UTC; 9:00 in Berlin


def at(text):
    """Return the naive UTC datetime of "2026-03-02 08:00"."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


@freeze_time(MONDAY)
class DeadlineCase(PeopleCase):
    """Users by role, working hours 9-13 and 14-18 in Berlin, and builders. Now is Monday 9:00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        (
            cls.salesman,
            cls.other_salesman,
            cls.sales_manager,
            cls.employee,
            cls.deadline_manager,
            cls.portal,
        ) = cls._users(
            dl_salesman="sales_team.group_sale_salesman",
            dl_other="sales_team.group_sale_salesman",
            dl_sales_manager="sales_team.group_sale_manager",
            dl_employee="base.group_user",
            dl_manager="crm_deadline.group_manager",
            dl_portal="base.group_portal",
        )
        cls.calendar = cls._calendar("Nine to six")
        cls.policy = cls._policy()
        leads = cls.env["crm.lead"].with_context(**QUIET)
        cls.lead = leads.create({"name": "Deal", "user_id": cls.salesman.id}).with_env(cls.env)

    @classmethod
    def _users(cls, **groups):
        """Return a user for each login, with the group given for it."""
        people = [(login, login, group) for login, group in groups.items()]
        return cls._make_users(*people, tz="Europe/Berlin", lang="en_US")

    @classmethod
    def _calendar(cls, name, hours=((9, 13), (14, 18)), days=range(5), **values):
        lines = [
            Command.create(
                {"name": name, "dayofweek": str(day), "hour_from": start, "hour_to": stop}
            )
            for day in days
            for start, stop in hours
        ]
        values = {"company_id": False, "tz": "Europe/Berlin", **values}
        return cls.env["resource.calendar"].create(
            {"name": name, "attendance_ids": [Command.clear(), *lines], **values}
        )

    @classmethod
    def _policy(cls, **values):
        return cls.env["crm.deadline.policy"].create(
            {
                "name": "First answer",
                "term_amount": 8,
                "term_unit": "working_hours",
                "calendar_id": cls.calendar.id,
                **values,
            }
        )

    def _start(self, record=None, policy=None, **values):
        """Return a clock of kind "answer" on ``record`` (default: the salesman's lead)."""
        record = self.lead if record is None else record
        return self.env["crm.deadline.clock"]._start(
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "kind": "answer",
                    "policy_id": (policy or self.policy).id,
                    **values,
                }
            ]
        )

    @classmethod
    def _step(cls, policy=None, **values):
        """Return a step of the ladder (default: an activity for the responsible when due)."""
        return cls.env["crm.deadline.step"].create(
            {
                "policy_id": (policy or cls.policy).id,
                "moment": "at",
                "whom": "responsible",
                "deed": "activity",
                **values,
            }
        )

    def _absent(self, user, since, until):
        """Enter an absence of a person, as its form does."""
        self.env["crm.deadline.absence"].create(
            {"user_id": user.id, "date_from": since, "date_to": until}
        ).action_confirm()

    def _sweep(self):
        """Run the job as the scheduler does."""
        with self.enter_registry_test_mode():
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()

    def assertLedger(self, clock, *entries):
        """Assert the ledger's entries (kind, date as text), and that it replays to the clock."""
        found = [(event.kind, event.date) for event in clock.event_ids.sorted("id")]
        self.assertEqual(found, [(kind, at(date)) for kind, date in entries])
        self.assertEqual(clock._replay(), clock._get_state())
