from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import DivisionByZero

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import mute_logger

from .common import StandardsCase

NOW = datetime(2026, 6, 1, 12)


class ContactCase(StandardsCase):
    """A customer with a person at it, and builders for contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"is_company": True, "email": "office@customer.example"})
        cls.person = cls.env["res.partner"].create(
            {"name": "Paul Person", "parent_id": cls.customer.id, "email": "paul@customer.example"}
        )
        cls.call_type = cls.env.ref("mail.mail_activity_data_call")
        cls.todo_type = cls.env.ref("mail.mail_activity_data_todo")

    def contacts(self, **values):
        """Return the contacts with the customer, oldest first."""
        self.env.cr.flush()
        domain = [("partner_id", "=", self.customer.id)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["crm.standard.contact"].search(domain, order="id")

    def write_to(self, record, user=None, **values):
        """Send an e-mail from a person's screen."""
        message = record.with_user(user or self.salesman).message_post(
            **{
                "body": "Hello",
                "message_type": "comment",
                "subtype_xmlid": "mail.mt_comment",
                "partner_ids": self.person.ids,
                **values,
            }
        )
        self.env.cr.flush()
        return message

    def do(self, record, kind=None, user=None):
        """Schedule an activity and do it."""
        activity = record.with_user(user or self.salesman).activity_schedule(
            activity_type_id=(kind or self.call_type).id, user_id=(user or self.salesman).id
        )
        activity.action_feedback("done")
        self.env.cr.flush()
        return activity

    @classmethod
    def fact(cls, days_ago=1, partner=None, **values):
        """Enter a contact as its collector does."""
        return cls.env["crm.standard.contact"]._sealed_create(
            [
                {
                    "partner_id": (partner or cls.customer).id,
                    "date": NOW - timedelta(days=days_ago),
                    "direction": "out",
                    "channel": "call",
                    "user_id": cls.salesman.id,
                    "team_id": cls.team.id,
                    "source": "message",
                    "source_id": -cls.env["crm.standard.contact"].search_count([]) - 1,
                    **values,
                }
            ]
        )

    @classmethod
    def regulation(cls, norms=(), limits=(), since=datetime(2026, 1, 1), **values):
        """Put a contact regulation in force, as if it had been so for long."""
        standard = cls.standard(
            document_type="contact_regulation",
            contact_norm_ids=[Command.create(vals) for vals in norms],
            contact_limit_ids=[Command.create(vals) for vals in limits],
            **{"team_ids": [], **values},
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE crm_standard SET date_in_force = %s WHERE id = %s", (since, standard.id)
        )
        cls.env.cr.execute(
            "UPDATE crm_standard_contact_norm SET create_date = %s WHERE standard_id = %s",
            (since, standard.id),
        )
        cls.env.cr.execute(
            "UPDATE res_partner SET create_date = %s WHERE id = %s", (since, cls.customer.id)
        )
        cls.env.invalidate_all()
        return standard


class TestContact(ContactCase):
    """Every contact becomes one fact, whatever channel and department; nothing else does."""

    def test_message_to_a_person_counts_for_his_company(self):
        lead = self.lead(partner_id=self.person.id)

        self.write_to(lead)

        self.assertRecordValues(
            self.contacts(),
            [
                {
                    "lead_id": lead.id,
                    "direction": "out",
                    "channel": "email",
                    "user_id": self.salesman.id,
                    "team_id": self.team.id,
                }
            ],
        )

    def test_message_on_the_customer_counts_for_the_employees_department(self):
        self.write_to(self.customer)

        self.assertRecordValues(
            self.contacts(), [{"lead_id": False, "team_id": self.team.id, "channel": "email"}]
        )

    def test_internal_note_is_no_contact(self):
        lead = self.lead(partner_id=self.person.id)

        self.write_to(lead, subtype_xmlid="mail.mt_note", partner_ids=[])

        self.assertFalse(self.contacts())

    def test_message_among_colleagues_is_no_contact(self):
        lead = self.lead(partner_id=self.person.id)

        self.write_to(lead, partner_ids=self.colleague.partner_id.ids)

        self.assertFalse(self.contacts())

    def test_automatic_message_is_no_contact(self):
        lead = self.lead(partner_id=self.person.id)

        for kind in ("auto_comment", "notification", "out_of_office"):
            self.write_to(lead, message_type=kind)

        self.assertFalse(self.contacts())

    def test_done_call_is_a_contact_and_a_done_todo_is_not(self):
        lead = self.lead(partner_id=self.person.id)

        self.do(lead)
        self.do(lead, self.todo_type)

        self.assertRecordValues(self.contacts(), [{"channel": "call", "direction": "out"}])

    def test_meeting_held_is_one_contact_however_it_is_noted(self):
        lead = self.lead(partner_id=self.person.id)
        meeting = (
            self.env["calendar.event"]
            .with_user(self.salesman)
            .create(
                {
                    "name": "Talk",
                    "start": "2026-05-28 09:00:00",
                    "stop": "2026-05-28 10:00:00",
                    "opportunity_id": lead.id,
                    "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                    "res_id": lead.id,
                    "partner_ids": [Command.set((self.person + self.salesman.partner_id).ids)],
                }
            )
        )
        self.assertTrue(meeting.activity_ids)

        meeting.activity_ids.action_feedback("went well")
        self.env.cr.flush()
        with freeze_time(NOW):
            self.env["crm.standard.contact"]._collect_meetings()
            self.env["crm.standard.contact"]._collect_meetings()

        self.assertRecordValues(
            self.contacts(), [{"channel": "meeting", "source": "meeting", "lead_id": lead.id}]
        )

    def test_meeting_to_come_is_no_contact_yet(self):
        self.env["calendar.event"].create(
            {
                "name": "Later",
                "start": "2026-06-02 09:00:00",
                "stop": "2026-06-02 10:00:00",
                "partner_ids": [Command.set(self.person.ids)],
            }
        )

        with freeze_time(NOW):
            self.env["crm.standard.contact"]._collect_meetings()

        self.assertFalse(self.contacts())

    def test_job_takes_up_what_the_hooks_have_not_seen_and_doubles_nothing(self):
        lead = self.lead(partner_id=self.person.id)
        self.write_to(lead)
        seen = self.contacts()
        self.env["mail.message"].flush_model()
        self.env.cr.execute(
            """INSERT INTO mail_message (model, res_id, message_type, author_id, date, subtype_id)
               VALUES ('res.partner', %s, 'email', %s, now(), %s)""",
            (self.customer.id, self.person.id, self.env.ref("mail.mt_comment").id),
        )

        cron = self.env.ref("crm_standards.crm_standard_contact_cron_collect")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            cron.method_direct_trigger()

        self.env.invalidate_all()
        self.assertRecordValues(
            self.contacts() - seen, [{"direction": "in", "channel": "email", "user_id": False}]
        )

    def test_batch_of_messages_costs_one_statement(self):
        leads = self.env["crm.lead"].create(
            [{"name": str(n), "partner_id": self.person.id} for n in range(30)]
        )
        self.env.flush_all()
        contacts = self.env["crm.standard.contact"]
        messages = self.env["mail.message"]
        for lead in leads:
            messages += self.write_to(lead, user=self.env.user)
        self.env.cr.execute("DELETE FROM crm_standard_contact")
        contacts._note_messages(messages.ids)

        before = self.env.cr.sql_log_count
        contacts._collect_noted()
        count = self.env.cr.sql_log_count - before

        self.assertLess(count, 10)

    def test_message_is_not_lost_when_its_contact_cannot_be_noted(self):
        lead = self.lead(partner_id=self.person.id)
        broken = patch.object(
            type(self.env["crm.standard.contact"]),
            "_collect_messages",
            side_effect=ValueError("broken"),
        )

        with broken, self.assertLogs("odoo.addons.crm_standards", "ERROR"):
            message = self.write_to(lead)

        self.assertTrue(message.exists())
        self.assertFalse(self.contacts())

    def test_t1_foreign_contacts_are_out_of_reach(self):
        fact = self.fact()

        self.assertTrue(fact.with_user(self.salesman).has_access("read"))
        self.assertTrue(fact.with_user(self.leader).has_access("read"))
        self.assertTrue(fact.with_user(self.controller).has_access("read"))
        with self.assertRaises(AccessError):
            fact.with_user(self.colleague).action_open_document()
        contacts = self.env["crm.standard.contact"].with_user(self.colleague)
        self.assertEqual(contacts.search_count([("id", "=", fact.id)]), 0)
        self.assertFalse(contacts._read_group([("id", "=", fact.id)], ["user_id"], ["__count"]))

    def test_t19_nobody_edits_a_contact(self):
        fact = self.fact()

        for user in (self.salesman, self.controller, self.env.user):
            for deed in (
                lambda f: f.write({"user_id": self.colleague.id}),
                lambda f: f.unlink(),
                lambda f: f.create({"direction": "out"}),
            ):
                with self.assertRaises(AccessError):
                    deed(fact.with_user(user).sudo())

    def test_merged_customers_keep_their_facts(self):
        other = self.env["res.partner"].create({"name": "Customer Limited", "is_company": True})
        norm = self.regulation([{"name": "Norm", "least": 1}]).contact_norm_ids
        for partner in (self.customer, other):
            self.fact(partner=partner, source="meeting", source_id=77)  # one with both
            self.env["crm.standard.norm.breach"]._sealed_create(
                [
                    {
                        "date": NOW,
                        "day": NOW.date(),
                        "kind": "too_few",
                        "norm_id": norm.id,
                        "partner_id": partner.id,
                    }
                ]
            )
        self.fact(partner=other)

        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.customer + other).ids, self.customer)

        self.env.invalidate_all()
        self.assertEqual(sorted(self.contacts().mapped("source")), ["meeting", "message"])
        breaches = self.env["crm.standard.norm.breach"].search([("norm_id", "=", norm.id)])
        self.assertEqual(sorted(breaches.mapped("partner_id.id")), [self.customer.id])
        self.assertEqual(len(breaches), 2)

    def test_failure_of_others_at_the_end_of_the_transaction_is_not_swallowed(self):
        self.write_to(self.lead(partner_id=self.person.id))
        message = self.env["mail.message"].search([], limit=1)
        contacts = self.env["crm.standard.contact"]

        def fail():
            self.env.cr.execute("SELECT 1 / 0")

        with self.assertRaises(DivisionByZero), mute_logger("odoo.sql_db"), self.cr.savepoint():
            contacts._note_messages(message.ids)
            self.env.cr.precommit.add(fail)
            self.env.cr.flush()

    def test_merged_opportunities_keep_their_contacts(self):
        head, tail = self.lead(partner_id=self.person.id), self.lead(partner_id=self.person.id)
        self.write_to(tail)

        merged = (head + tail).sudo().merge_opportunity(auto_unlink=True)

        self.assertEqual(self.contacts().lead_id, merged)
