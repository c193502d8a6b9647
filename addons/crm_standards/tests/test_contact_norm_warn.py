from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form

from .test_contact import NOW, ContactCase
from .test_contact_norm import NORM


@freeze_time(NOW)
class TestContactNormWarn(ContactCase):
    """Before one contact too many a person is told, and refused where the norm blocks."""

    def fill_up(self, strength="block"):
        self.regulation([{**NORM, "strength": strength}])
        for days in (4, 3, 2):
            self.fact(days_ago=days)
        self.env.invalidate_all()

    def test_forms_warn_before_one_contact_too_many(self):
        self.fill_up("record")
        lead = self.lead(partner_id=self.person.id)
        salesman = self.env(user=self.salesman)

        self.assertIn("One contact too many", lead.contact_warning)
        self.assertIn("One contact too many", self.customer.contact_warning)
        wizard = Form(
            salesman["mail.activity.schedule"].with_context(
                active_model="crm.lead", active_ids=lead.ids
            )
        )
        wizard.activity_type_id = self.todo_type
        self.assertFalse(wizard.contact_warning)
        wizard.activity_type_id = self.call_type
        self.assertIn("One contact too many", wizard.contact_warning)
        composer = Form(
            salesman["mail.compose.message"].with_context(
                default_model="crm.lead",
                default_res_ids=lead.ids,
                default_partner_ids=self.person.ids,
                clicked_on_full_composer=True,
            )
        )
        self.assertIn("One contact too many", composer.contact_warning)
        event = salesman["calendar.event"].new({"partner_ids": [Command.set(self.person.ids)]})
        self.assertIn("One contact too many", event.contact_warning)

    def test_person_is_refused_by_every_channel(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id)

        for deed in (
            lambda: self.write_to(lead),
            lambda: self.write_to(self.customer),
            lambda: lead.activity_schedule(
                activity_type_id=self.call_type.id, user_id=self.salesman.id
            ),
            lambda: (
                self.env["calendar.event"]
                .with_user(self.salesman)
                .create(
                    {
                        "name": "x",
                        "start": "2026-06-02 09:00:00",
                        "stop": "2026-06-02 10:00:00",
                        "partner_ids": [Command.set(self.person.ids)],
                    }
                )
            ),
        ):
            with self.assertRaisesRegex(ValidationError, "One contact too many"):
                deed()

    def test_person_is_refused_a_text_message(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id)
        note = self.env.ref("mail.mt_note").id
        messages = self.env["mail.message"].with_user(self.salesman)
        text = {"message_type": "sms", "subtype_id": note, "model": "crm.lead", "res_id": lead.id}

        for recipients in ([Command.link(self.person.id)], []):  # or to a number typed by hand
            with (
                self.subTest(recipients),
                self.assertRaisesRegex(ValidationError, "One contact too many"),
            ):
                messages.create({**text, "partner_ids": recipients})

    def test_note_about_a_full_customer_passes(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id)

        note = lead.with_user(self.salesman).message_post(body="He is content")

        self.assertEqual(note.subtype_id, self.env.ref("mail.mt_note"))

    def test_person_is_refused_a_mail_to_many(self):
        self.fill_up()
        leads = self.lead(partner_id=self.person.id) + self.lead()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesman)
            .create(
                {
                    "composition_mode": "mass_mail",
                    "model": "crm.lead",
                    "res_ids": repr(leads.ids),
                    "subject": "Offer",
                    "body": "Buy",
                }
            )
        )

        with self.assertRaisesRegex(ValidationError, "One contact too many"):
            composer.action_send_mail()

    def test_person_is_refused_who_brings_the_customer_in_later(self):
        lead = self.lead(partner_id=self.person.id)
        event = (
            self.env["calendar.event"]
            .with_user(self.salesman)
            .create({"name": "x", "start": "2026-06-02 09:00:00", "stop": "2026-06-02 10:00:00"})
        )
        todo = lead.activity_schedule(activity_type_id=self.todo_type.id, user_id=self.salesman.id)
        self.fill_up()

        for deed in (
            lambda: event.write({"partner_ids": [Command.link(self.person.id)]}),
            lambda: event.write({"opportunity_id": lead.id}),
            lambda: todo.write({"activity_type_id": self.call_type.id}),
        ):
            with (
                self.assertRaisesRegex(ValidationError, "One contact too many"),
                self.cr.savepoint(),
            ):
                deed()
        event.write({"partner_ids": [Command.link(self.colleague.partner_id.id)]})

    def test_recording_norm_lets_the_contact_happen(self):
        self.fill_up("record")

        self.write_to(self.lead(partner_id=self.person.id))

        self.env.invalidate_all()
        self.assertEqual(self.customer.contact_state, "too_many")

    def test_answer_to_the_customer_is_never_refused(self):
        self.fill_up()
        self.fact(days_ago=1, direction="in", channel="email")

        message = self.write_to(self.lead(partner_id=self.person.id))

        self.assertTrue(message.exists())

    def test_internal_note_and_todo_are_never_refused(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id)

        note = self.write_to(lead, subtype_xmlid="mail.mt_note", partner_ids=[])
        todo = lead.activity_schedule(activity_type_id=self.todo_type.id, user_id=self.salesman.id)

        self.assertTrue(note and todo)

    def test_machine_is_not_refused(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id)

        with self.machine():
            message = self.write_to(lead)

        self.assertTrue(message.exists())

    def test_no_context_switches_the_refusal_off(self):
        self.fill_up()
        lead = self.lead(partner_id=self.person.id).with_context(
            install_mode=True, mail_notrack=True, tracking_disable=True, mail_create_nolog=True
        )

        with self.assertRaisesRegex(ValidationError, "One contact too many"):
            self.write_to(lead)

    def test_refusal_costs_nothing_where_no_norm_has_an_upper_bound(self):
        self.regulation([{**NORM, "most": 0}])
        self.env["crm.standard.contact.norm"]._has_bounds()

        with self.assertQueryCount(0):
            self.env["crm.standard.contact.norm"]._find_excess(self.customer)

    def test_t14_warning_tells_nothing_about_customers_out_of_reach(self):
        self.fill_up("record")
        employee = self._make_users(("std_nobody", "Nora Nobody", "base.group_user"))
        self.env["ir.rule"].create(
            {
                "name": "not this customer",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', 'not in', {(self.person + self.customer).ids})]",
                "groups": [Command.link(self.env.ref("base.group_user").id)],
            }
        )
        lead = self.lead(partner_id=self.person.id)

        wizard = (
            self.env["mail.activity.schedule"]
            .with_user(employee)
            .new(
                {
                    "res_model": "crm.lead",
                    "res_ids": str(lead.ids),
                    "activity_type_id": self.call_type.id,
                }
            )
        )

        self.assertFalse(wizard.contact_warning)
        self.assertFalse(
            self.env["mail.compose.message"]
            .with_user(employee)
            .new({"partner_ids": [Command.set(self.person.ids)]})
            .contact_warning
        )
