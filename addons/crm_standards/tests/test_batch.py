from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import mute_logger

from .common import StandardsCase
from .entry_common import EntryCase
from .test_contact import NOW, ContactCase
from .test_contact_limit import MONDAY_9, LimitCase

ISOLATION = "odoo.addons.crm_standards.models.common.isolation"
FEW, MANY = 5, 50


def count_queries(records, *names):
    """Return how many statements it takes to show some fields of records."""
    records.env.flush_all()
    records.env.invalidate_all()
    before = records.env.cr.sql_log_count
    for name in names:
        records.mapped(name)
    return records.env.cr.sql_log_count - before


class BatchCase(StandardsCase):
    """Lists: what many records cost."""

    def assert_constant(self, records, *names):
        """Check that the fields of many records take as many statements as those of few."""
        count_queries(records[:FEW], *names)  # fills the caches of models and rules
        few = count_queries(records[:FEW], *names)
        self.assertGreater(few, 0)
        self.assertEqual(count_queries(records[:MANY], *names), few)


@freeze_time(NOW)
class TestContactBatch(BatchCase, ContactCase):
    """Warnings about contacts, of a list of leads, activities or customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        norm = {"name": "Leave them alone", "most": 1, "period_amount": 2, "period_unit": "weeks"}
        cls.regulation([norm])
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}", "is_company": True} for number in range(MANY)]
        )
        fact = {"direction": "out", "channel": "call", "date": NOW - timedelta(days=1)}
        cls.env["crm.standard.contact"]._sealed_create(
            [
                {"partner_id": customer.id, "source": "message", "source_id": -place, **fact}
                for place, customer in enumerate(cls.customers, start=1)
            ]
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {
                    "name": "Deal",
                    "type": "opportunity",
                    "partner_id": customer.id,
                    "team_id": cls.team.id,
                    "user_id": cls.salesman.id,
                }
                for customer in cls.customers
            ]
        )

    def test_warnings_of_leads(self):
        leads = self.leads.with_user(self.salesman)

        self.assert_constant(leads, "contact_warning")
        for lead in leads:
            self.assertIn(f"{lead.partner_id.name} was contacted 1 times", lead.contact_warning)

    def test_warnings_of_activities(self):
        activities = self.env["mail.activity"]
        for lead in self.leads:
            activities += lead.activity_schedule(
                activity_type_id=self.call_type.id, user_id=self.salesman.id
            )
        activities = activities.with_user(self.salesman)

        self.assert_constant(activities, "contact_warning")
        for activity, customer in zip(activities, self.customers, strict=True):
            self.assertIn(customer.name, activity.contact_warning)

    def test_shifts_of_activities(self):
        activities = self.env["mail.activity"]
        for lead in self.leads:
            activities += lead.activity_schedule(
                activity_type_id=self.todo_type.id, user_id=self.salesman.id
            )

        def lines(some, days):
            log = self.env["crm.standard.activity.shift"]
            before = {one.id: one.date_deadline - timedelta(days=days) for one in some}
            self.env.flush_all()
            self.env.invalidate_all()
            count = self.env.cr.sql_log_count
            with patch.object(type(log), "_sealed_create"):
                log._log(some, before, "He asked for it")
            return self.env.cr.sql_log_count - count

        lines(activities[:FEW], 1)
        self.assertEqual(lines(activities, 2), lines(activities[:FEW], 2))


class TestOverdueBatch(BatchCase, LimitCase):
    """Limits passed, of a list of leads."""

    def test_overdue_limits_of_leads(self):
        with freeze_time(MONDAY_9):
            leads = self.env["crm.lead"].union(*(self.lead_of(MONDAY_9) for _n in range(MANY)))
        self.follow(9)

        self.assert_constant(leads.with_user(self.salesman), "contact_overdue")
        self.assertEqual(set(leads.mapped("contact_overdue")), {"Be quick"})


class TestEntryBatch(BatchCase, EntryCase):
    """The completeness of a list of contacts."""

    def test_completeness_of_contacts(self):
        self.entry_standard(
            self.line_vals("email", strength="record", form_check="email"),
            self.line_vals("ref", strength="record", form_check="pattern", pattern="[0-9]+"),
            self.line_vals("vat", strength="record"),
        )
        contacts = self.env["res.partner"].union(
            *(self.contact(ref=("x" if place % 2 else "1")) for place in range(MANY))
        )

        self.assert_constant(contacts, "entry_completeness")
        for contact in contacts:
            faults = [bool(line["fault"]) for line in contact.entry_completeness["lines"]]
            self.assertEqual(faults, [False, contact.ref == "x", False])


class TestAudienceBatch(BatchCase):
    """Whom a list of standards is for."""

    def test_audiences_of_standards(self):
        standards = self.env["crm.standard"].create(
            [
                {"name": f"Law {place}", "reader_ids": [Command.set(self.colleague.ids)]}
                for place in range(MANY)
            ]
        )

        self.assert_constant(standards, "audience_ids", "audience_count")
        self.assertEqual(standards.audience_ids, self.colleague)
        self.assertEqual(set(standards.mapped("audience_count")), {1})


class PoisonCase(StandardsCase):
    """Jobs: one record on which something unexpected happens."""

    def poison(self, model, method, is_bad):
        """Let a method raise where it is called with the bad one; returns the patch."""
        original = getattr(type(self.env[model]), method)

        def poisoned(records, *args, **kwargs):
            if is_bad(records, *args):
                raise ZeroDivisionError("poison")
            return original(records, *args, **kwargs)

        return patch.object(type(self.env[model]), method, poisoned)


class TestPoisonedLimit(PoisonCase, LimitCase):
    """The job of the limits of contacts."""

    def test_lead_that_fails_stops_no_other(self):
        with freeze_time(MONDAY_9):
            leads = [self.lead_of(MONDAY_9) for _n in range(3)]
        bad = self.poison(
            "crm.lead", "_deadline_start", lambda some, *_args: leads[1].id in some.ids
        )

        with bad, self.assertLogs(ISOLATION, "WARNING") as logs:
            self.follow(1)

        self.assertEqual([bool(self.clocks(lead)) for lead in leads], [True, False, True])
        self.assertIn(str(leads[1].id), logs.output[-1])

    def test_limit_that_fails_stops_no_other(self):
        with freeze_time(MONDAY_9):
            lead = self.lead_of(MONDAY_9)
        other = self.regulation(
            limits=[{"name": "Later", "kind": self.kind, "policy_id": self.policy.id}],
            team_ids=[Command.set(self.team.ids)],
            code="ST-8",
        ).contact_limit_ids
        bad = self.poison(
            "crm.standard.contact.limit", "_find_new", lambda limit, *_args: limit == self.limit
        )

        with bad, mute_logger(ISOLATION):
            self.follow(1)

        clocks = self.env["crm.deadline.clock"].search([("res_id", "=", lead.id)])
        self.assertEqual(clocks.mapped("kind"), [other._get_kind()])


class TestPoisonedTimeLimit(PoisonCase):
    """The job of the time limits of stages."""

    def test_lead_that_fails_stops_no_other(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "Four hours", "term_amount": 4, "term_unit": "calendar_hours"}
        )
        self.standard(
            self.rule_vals("time_limit", self.stage_new, strength="record", policy_id=policy.id)
        )
        leads = [self.lead() for _n in range(3)]
        bad = self.poison(
            "crm.lead", "_deadline_start", lambda some, *_args: leads[1].id in some.ids
        )

        with bad, mute_logger(ISOLATION):
            self.run_cron("crm_standard_time_limit_cron_follow_stages")

        self.assertEqual([bool(lead.deadline_clock_ids) for lead in leads], [True, False, True])

    def test_step_that_fails_stops_no_other(self):
        policy = self.env["crm.deadline.policy"].create(
            {"name": "Four hours", "term_amount": 4, "term_unit": "calendar_hours"}
        )
        self.standard(
            self.rule_vals("time_limit", self.stage_new, strength="record", policy_id=policy.id)
        )
        lead = self.lead()
        bad = self.poison("crm.standard.time.limit", "_reassign", lambda *_args: True)

        with bad, mute_logger(ISOLATION):
            self.run_cron("crm_standard_time_limit_cron_follow_stages")

        self.assertTrue(lead.deadline_clock_ids)


class TestPoisonedReader(PoisonCase):
    """The job that asks people to read."""

    def test_reader_who_fails_stops_no_other(self):
        law = self.standard(reader_ids=[Command.set(self.colleague.ids)], is_to_acknowledge=True)
        bad = self.poison(
            "crm.standard.acknowledgement",
            "_ask",
            lambda _register, _version, users: self.leader in users,
        )

        with bad, mute_logger(ISOLATION):
            self.run_cron("crm_standard_version_cron")

        asked = law.version_id.acknowledgement_ids.user_id
        self.assertEqual(asked, self.salesman + self.colleague)


@freeze_time(NOW)
class TestPoisonedContact(PoisonCase, ContactCase):
    """The job that notes contacts."""

    def test_message_that_fails_stops_no_other(self):
        lead = self.lead(partner_id=self.person.id)
        messages = [self.write_to(lead) for _n in range(3)]
        self.contacts().sudo()._sealed_unlink()
        original = type(self.env["crm.standard.contact"])._collect_messages_sql

        def poisoned(register, which):
            after, until = which.params
            if after < messages[1].id <= until:
                raise ZeroDivisionError("poison")
            return original(register, which)

        self.env["ir.config_parameter"].set_param(
            "crm_standards.contact_message_id", messages[0].id - 1
        )
        collector = type(self.env["crm.standard.contact"])
        with (
            patch.object(collector, "_collect_messages_sql", poisoned),
            mute_logger("odoo.addons.crm_standards.models.contacts.crm_standard_contact_collect"),
        ):
            self.run_cron("crm_standard_contact_cron_collect")

        self.assertEqual(self.contacts().mapped("source_id"), [messages[0].id, messages[2].id])

    def test_meeting_that_fails_stops_no_other(self):
        meetings = self.env["calendar.event"].create(
            [
                {
                    "name": f"Talk {day}",
                    "start": f"2026-05-{day} 09:00:00",
                    "stop": f"2026-05-{day} 10:00:00",
                    "partner_ids": [Command.set(self.person.ids)],
                }
                for day in (26, 27, 28)
            ]
        )
        bad = self.poison(
            "crm.standard.contact",
            "_note_meetings",
            lambda _register, event_ids: meetings[1].id in event_ids,
        )

        with bad, mute_logger(ISOLATION):
            self.run_cron("crm_standard_contact_cron_collect")
        noted = self.contacts().filtered(lambda contact: contact.source == "meeting")
        self.assertEqual(set(noted.mapped("source_id")), {meetings[0].id, meetings[2].id})
        self.run_cron("crm_standard_contact_cron_collect")

        noted = self.contacts().filtered(lambda contact: contact.source == "meeting")
        self.assertEqual(set(noted.mapped("source_id")), set(meetings.ids))

    def test_clock_that_fails_costs_no_contact(self):
        lead = self.lead(partner_id=self.person.id)
        bad = self.poison("crm.standard.contact.limit", "_follow_contacts", lambda *_args: True)

        with bad, mute_logger(ISOLATION):
            self.write_to(lead)

        self.assertEqual(self.contacts().lead_id, lead)
