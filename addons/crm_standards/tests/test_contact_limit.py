from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from odoo.addons.mail.tests.common import MailCommon

from .test_contact import ContactCase

MONDAY_9 = datetime(2026, 3, 2, 9)


class LimitCase(ContactCase):
    """A regulation with one limit of four hours round the clock."""

    kind = "response"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["crm.deadline.policy"].create(
            {"name": "Four hours", "term_amount": 4, "term_unit": "calendar_hours"}
        )
        cls.law = cls.regulation(
            limits=[{"name": "Be quick", "kind": cls.kind, "policy_id": cls.policy.id}],
            team_ids=[Command.set(cls.team.ids)],
        )
        cls.limit = cls.law.contact_limit_ids

    def lead_of(self, created, **values):
        """Create a lead as if it had been at a given moment."""
        lead = self.lead(partner_id=self.person.id, **values)
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE crm_lead SET create_date = %s WHERE id = %s", created, lead.id)
        )
        self.env.invalidate_all()
        return lead

    def contact(self, lead, hours, **values):
        """Enter a contact with a lead so many hours after Monday, 9 o'clock."""
        self.fact(lead_id=lead.id, date=MONDAY_9 + timedelta(hours=hours), **values)

    def follow(self, hours):
        """Run both scheduled jobs so many hours after Monday, 9 o'clock."""
        at = MONDAY_9 + timedelta(hours=hours)
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_contact_limit_cron_follow"
            ).method_direct_trigger()
            self.env["crm.deadline.clock"].search([]).invalidate_recordset()
            self.env.ref("crm_deadline.ir_cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def clocks(self, lead):
        return self.env["crm.deadline.clock"].search(
            [("res_id", "=", lead.id), ("kind", "=", self.limit._get_kind())], order="id"
        )

    def breaches(self, lead):
        return self.env["crm.standard.norm.breach"].search([("lead_id", "=", lead.id)])


class TestFirstResponse(LimitCase):
    """A first answer has its time; only a real answer stops the clock."""

    def test_clock_runs_from_the_arrival(self):
        lead = self.lead_of(MONDAY_9)

        self.follow(1)

        self.assertRecordValues(
            self.clocks(lead),
            [
                {
                    "state": "running",
                    "date_start": MONDAY_9,
                    "date_due": MONDAY_9 + timedelta(hours=4),
                    "user_id": self.salesman.id,
                }
            ],
        )

    def test_our_message_stops_the_clock_at_once(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)

        with freeze_time(MONDAY_9 + timedelta(hours=2)):
            self.write_to(lead)

        self.assertRecordValues(
            self.clocks(lead), [{"state": "met", "date_end": MONDAY_9 + timedelta(hours=2)}]
        )

    def test_note_automatic_reply_and_the_customers_own_message_do_not_stop_it(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)

        with freeze_time(MONDAY_9 + timedelta(hours=2)):
            self.write_to(lead, subtype_xmlid="mail.mt_note", partner_ids=[])
            self.write_to(lead, message_type="auto_comment")
            self.env["crm.lead"].browse(lead.id).message_post(
                body="Hello?",
                message_type="email",
                author_id=self.person.id,
                subtype_xmlid="mail.mt_comment",
            )
            self.env.cr.flush()

        self.assertEqual(self.clocks(lead).state, "running")

    def test_done_call_stops_the_clock(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)

        with freeze_time(MONDAY_9 + timedelta(hours=2)):
            self.do(lead)

        self.assertEqual(self.clocks(lead).state, "met")

    def test_late_answer_is_in_the_register_once(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(5)
        self.follow(6)

        self.assertRecordValues(
            self.breaches(lead),
            [{"kind": "response", "name": "Be quick", "user_id": self.salesman.id}],
        )
        self.assertIn("Be quick", lead.contact_overdue)
        late = self.env["crm.lead"].search([("contact_overdue", "!=", False)])
        self.assertIn(lead, late.with_env(lead.env))

    def test_answer_in_time_that_is_noted_late_is_no_breach(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)
        self.contact(lead, 3)

        self.follow(6)

        self.assertEqual(self.clocks(lead).state, "met")
        self.assertFalse(self.breaches(lead))

    def test_first_answer_is_asked_for_once(self):
        lead = self.lead_of(MONDAY_9)
        self.contact(lead, 1)
        self.follow(2)
        self.assertEqual(self.clocks(lead).state, "met")

        self.follow(10)

        self.assertEqual(len(self.clocks(lead)), 1)

    def test_lead_from_before_the_limit_is_left_alone(self):
        lead = self.lead_of(datetime(2025, 12, 31, 9))

        self.follow(1)

        self.assertFalse(self.clocks(lead))

    def test_lead_that_is_lost_is_not_late(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)
        lead.action_set_lost()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_transition SET date = %s WHERE lead_id = %s",
                MONDAY_9 + timedelta(hours=2),
                lead.id,
            )
        )

        self.follow(6)

        self.assertEqual(self.clocks(lead).state, "cancelled")
        self.assertFalse(self.breaches(lead))

    def test_only_leads_that_came_in_so(self):
        self.limit.arrival = "email"
        by_hand = self.lead_of(MONDAY_9)

        self.follow(1)

        self.assertEqual(by_hand.arrival, "manual")
        self.assertFalse(self.clocks(by_hand))

    def test_retired_regulation_gives_its_clocks_up(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)
        self.law.action_retire()

        self.follow(2)

        self.assertEqual(self.clocks(lead).state, "cancelled")

    def test_advice_is_not_registered(self):
        self.limit.strength = "advise"
        lead = self.lead_of(MONDAY_9)

        self.follow(6)

        self.assertEqual(self.clocks(lead).state, "missed")
        self.assertFalse(self.breaches(lead))

    def test_limit_that_fails_stops_no_other(self):
        empty = self.env["resource.calendar"].create({"name": "Never", "attendance_ids": []})
        empty.attendance_ids.unlink()
        never = self.env["crm.deadline.policy"].create(
            {"name": "Never", "term_unit": "working_hours", "calendar_id": empty.id}
        )
        self.limit.copy({"policy_id": never.id, "sequence": 1, "name": "Never"})
        lead = self.lead_of(MONDAY_9)

        with self.assertLogs("odoo.addons.crm_standards", "WARNING") as logs:
            self.follow(1)

        self.assertIn("Never", logs.output[0])
        self.assertEqual(len(self.clocks(lead)), 1)

    def test_how_a_lead_came_in_is_nobodys_to_write(self):
        lead = self.lead(arrival="website")
        self.assertEqual(lead.arrival, "manual")

        with self.assertRaises(AccessError):
            lead.arrival = "website"

    def test_website_and_phone_are_told_by_their_medium(self):
        website = self.lead(medium_id=self.env.ref("utm.utm_medium_website").id)
        phone = self.lead(medium_id=self.env.ref("utm.utm_medium_phone").id)

        self.assertEqual((website + phone).mapped("arrival"), ["website", "phone"])


class TestSilence(LimitCase):
    """An opportunity that nobody talks about goes stale."""

    kind = "silence"

    def test_each_contact_begins_a_new_term(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(1)
        self.contact(lead, 3)

        self.follow(6)

        self.assertEqual(self.clocks(lead).mapped("state"), ["met", "running"])
        self.assertEqual(self.clocks(lead)[-1].date_start, MONDAY_9 + timedelta(hours=3))

    def test_silence_is_registered_each_time_it_lasts_too_long(self):
        lead = self.lead_of(MONDAY_9)
        self.follow(5)
        self.contact(lead, 6, direction="in")
        self.follow(7)
        self.follow(11)

        self.assertEqual(self.breaches(lead).mapped("kind"), ["silence", "silence"])
        self.assertEqual(self.clocks(lead).mapped("state"), ["missed", "missed"])


class TestShelfLife(LimitCase):
    """An opportunity is decided some day."""

    kind = "age"

    def test_contacts_make_it_no_younger(self):
        lead = self.lead_of(MONDAY_9)
        self.contact(lead, 1)
        self.follow(2)
        self.contact(lead, 3)

        self.follow(5)

        self.assertEqual(self.clocks(lead).mapped("state"), ["missed"])
        self.assertEqual(self.breaches(lead).kind, "age")

    def test_only_in_these_stages(self):
        self.limit.stage_ids = self.stage_qualified
        lead = self.lead_of(MONDAY_9)
        self.follow(1)
        self.assertFalse(self.clocks(lead))

        lead.stage_id = self.stage_qualified
        self.follow(2)

        self.assertEqual(self.clocks(lead).state, "running")


class TestMailGateway(LimitCase, MailCommon):
    """A letter comes in, is answered, and the clock knows it."""

    def test_incoming_mail_starts_the_clock_and_the_answer_stops_it(self):
        self.limit.arrival = "email"
        self.env["mail.alias"].create(
            {
                "alias_name": "std.sales",
                "alias_domain_id": self.mail_alias_domain.id,
                "alias_model_id": self.env["ir.model"]._get_id("crm.lead"),
                "alias_defaults": str(
                    {"team_id": self.team.id, "user_id": self.salesman.id, "type": "lead"}
                ),
            }
        )
        letter = (
            "From: Paul Person <paul@customer.example>\n"
            f"To: std.sales@{self.mail_alias_domain.name}\n"
            "Subject: A question\nMessage-Id: <std-1@customer.example>\n\nHow much is it?\n"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].message_process(None, letter)
        self.env.cr.flush()
        lead = self.env["crm.lead"].search([("name", "=", "A question")])
        self.assertEqual(lead.arrival, "email")
        incoming = self.env["crm.standard.contact"].search([("lead_id", "=", lead.id)])
        self.assertRecordValues(incoming, [{"direction": "in", "channel": "email"}])
        now = lead.create_date

        with freeze_time(now + timedelta(minutes=5)), self.enter_registry_test_mode():
            self.env.ref(
                "crm_standards.crm_standard_contact_limit_cron_follow"
            ).method_direct_trigger()
        self.assertEqual(self.clocks(lead).state, "running")
        with freeze_time(now + timedelta(minutes=10)), self.mock_mail_gateway():
            lead.with_user(self.salesman).message_post(
                body="Ten",
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                partner_ids=self.person.ids,
            )
            self.env.cr.flush()

        self.assertEqual(self.clocks(lead).state, "met")
