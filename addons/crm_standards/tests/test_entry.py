from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .entry_common import EntryCase


@tagged("post_install", "-at_install")
class TestEntryGuard(EntryCase):
    """What a line of a data-entry standard does to those who write, on every path."""

    def test_person_is_refused_a_new_contact_without_what_is_required(self):
        self.entry_standard(self.line_vals("phone", guidance="With the code of the country."))

        with self.assertRaisesRegex(
            ValidationError,
            "(?s)Acme.*Phone: fill it in.*With the code of the country.*DE-9.*Carl Controller",
        ):
            self.contact()

    def test_person_is_refused_the_emptying_of_a_required_field(self):
        self.entry_standard(self.line_vals("phone"))
        contact = self.contact(phone="+1 650 555 0100")

        with self.assertRaisesRegex(ValidationError, "Phone: fill it in"):
            contact.phone = False

    def test_old_gap_stops_no_unrelated_work(self):
        contact = self.contact()
        self.entry_standard(self.line_vals("phone"), self.line_vals("email"))

        contact.write({"city": "Moscow", "email": "a@example.com", "phone": False})

        self.assertEqual(contact.city, "Moscow")

    def test_wrong_form_is_refused_and_named(self):
        self.entry_standard(self.line_vals("email", requirement="wished", form_check="email"))

        with self.assertRaisesRegex(ValidationError, "“nonsense” is no e-mail address"):
            self.contact(email="nonsense")
        self.assertTrue(self.contact(email="a@example.com"))
        self.assertTrue(self.contact())

    def test_one_wrong_form_instead_of_another_is_refused_too(self):
        contact = self.contact(email="nonsense")
        self.entry_standard(self.line_vals("email", form_check="email"))

        with self.assertRaises(ValidationError):
            contact.email = "more nonsense"

    def test_record_keeps_the_contact_and_puts_the_gap_on_record_once(self):
        self.entry_standard(self.line_vals("phone", strength="record"))

        contact = self.contact()
        contact.write({"phone": False, "is_company": True})

        self.assertRecordValues(
            self.breaches(contact),
            [
                {
                    "kind": "missing",
                    "field_label": "Phone",
                    "origin": "person",
                    "user_id": self.salesman.id,
                    "actor_id": self.salesman.id,
                    "date_cured": False,
                }
            ],
        )

    def test_gap_that_is_filled_is_put_right_and_may_be_made_again(self):
        self.entry_standard(self.line_vals("phone", strength="record"))
        contact = self.contact()

        contact.phone = "+1 650 555 0100"
        self.assertTrue(self.breaches(contact).date_cured)
        contact.phone = False

        self.assertEqual(self.breaches(contact).mapped(lambda b: bool(b.date_cured)), [True, False])

    def test_advice_is_shown_only(self):
        self.entry_standard(self.line_vals("phone", strength="advise"))

        contact = self.contact()

        self.assertFalse(self.breaches(contact))
        self.assertEqual(contact.entry_completeness["percent"], 0)

    def test_machine_loses_nothing_and_the_gap_goes_on_record(self):
        self.entry_standard(self.line_vals("phone"), self.line_vals("email", form_check="email"))

        with self.machine():
            contact = self.contact(email="nonsense")

        self.assertEqual(contact.email, "nonsense")
        self.assertEqual(
            self.breaches(contact).mapped(lambda b: (b.kind, b.origin)),
            [("missing", "automation"), ("malformed", "automation")],
        )

    def test_code_that_works_elevated_for_a_person_loses_no_new_contact(self):
        self.entry_standard(self.line_vals("phone"))

        contacts = self.env["res.partner"].with_user(self.salesman).sudo()
        contact = contacts.create({"name": "Acme", "is_company": True})

        self.assertEqual(self.breaches(contact).origin, "system")

    def test_no_context_of_the_caller_switches_the_guard_off(self):
        self.entry_standard(self.line_vals("phone"))
        contacts = self.env["res.partner"].with_user(self.salesman)

        for context in ({"install_mode": True}, {"tracking_disable": True}, {"import_file": True}):
            with self.subTest(context), self.assertRaises(ValidationError):
                contacts.with_context(**context).create({"name": "Acme", "is_company": True})

    def test_import_names_the_line_and_saves_the_good_rows_of_others(self):
        self.entry_standard(self.line_vals("phone"))
        contacts = self.env["res.partner"].with_user(self.salesman)

        with mute_logger("odoo.sql_db"):
            result = contacts.load(
                ["name", "is_company", "phone"],
                [["Good", "1", "+1 650 555 0100"], ["Bad", "1", ""]],
            )

        self.assertFalse(result["ids"])
        self.assertIn("Phone: fill it in", result["messages"][0]["message"])

    def test_opportunities_are_guarded_too(self):
        self.entry_standard(self.line_vals("source_id", subject="lead"))

        with self.assertRaisesRegex(ValidationError, "Source: fill it in"):
            self.lead()
        lead = self.lead(source_id=self.env["utm.source"].create({"name": "Fair"}).id)
        with self.assertRaises(ValidationError):
            lead.source_id = False

    def test_opportunity_shows_what_is_asked_of_fields_that_are_no_texts(self):
        self.entry_standard(
            self.line_vals("source_id", subject="lead", strength="advise"),
            self.line_vals("expected_revenue", subject="lead", strength="advise"),
        )
        source = self.env["utm.source"].create({"name": "Fair"})

        lead = self.lead(source_id=source.id, expected_revenue=0.0)

        self.assertEqual(
            {line["name"]: line["is_filled"] for line in lead.entry_completeness["lines"]},
            {"source_id": True, "expected_revenue": False},
        )

    def test_mail_gateway_loses_no_lead(self):
        self.entry_standard(self.line_vals("source_id", subject="lead"))
        message = (
            "From: Nina <nina@example.com>\nTo: sales@example.com\nSubject: Offer, please\n"
            "Message-Id: <entry-1@example.com>\nContent-Type: text/plain\n\nHello"
        )

        lead_id = self.env["mail.thread"].message_process("crm.lead", message)

        lead = self.env["crm.lead"].browse(lead_id)
        self.assertEqual(lead.name, "Offer, please")
        self.assertEqual(len(self.breaches(lead)), 1)

    def test_users_and_companies_are_no_customers(self):
        self.entry_standard(
            self.line_vals("phone"), self.line_vals("phone", subject="person", strength="block")
        )
        admin = self.env(user=self.env.ref("base.user_admin").id)

        user = (
            admin["res.users"]
            .with_context(no_reset_password=True)
            .create({"name": "New Colleague", "login": "new_colleague"})
        )
        company = admin["res.company"].create({"name": "New Branch"})

        self.assertFalse(self.breaches(user.partner_id) + self.breaches(company.partner_id))

    def test_delivery_addresses_are_not_asked_what_persons_are(self):
        self.entry_standard(self.line_vals("phone", subject="person"))
        company = self.contact()

        address = company.create({"name": "Gate 3", "type": "delivery", "parent_id": company.id})

        self.assertTrue(address)

    def test_scope_of_teams_company_and_dates_holds(self):
        self.env["crm.team.member"].create(
            {"crm_team_id": self.other_team.id, "user_id": self.colleague.id}
        )
        self.entry_standard(self.line_vals("phone"), team_ids=[Command.set(self.team.ids)])
        self.entry_standard(self.line_vals("email"), date_to="2020-01-01")

        with self.assertRaisesRegex(ValidationError, "Phone"):
            self.contact()
        self.assertTrue(self.contact(user_id=self.colleague.id))
        with self.assertRaisesRegex(ValidationError, "Phone"):  # comes under the standard now
            self.contact(user_id=self.colleague.id).user_id = self.salesman

    def test_condition_narrows_a_line(self):
        self.entry_standard(self.line_vals("vat", domain="[('country_id.code', '=', 'RU')]"))

        with self.assertRaises(ValidationError):
            self.contact(country_id=self.env.ref("base.ru").id)
        self.assertTrue(self.contact(country_id=self.env.ref("base.be").id))

    def test_statements_of_a_batch_are_constant(self):
        self.entry_standard(
            self.line_vals("phone", strength="record", form_check="phone"),
            self.line_vals("ref", strength="record", form_check="pattern", pattern=r"\d+"),
        )

        def cost(count):
            contacts = self.env["res.partner"].create(
                [{"name": f"C{n}", "is_company": True} for n in range(count)]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            contacts.write({"phone": "1", "ref": "x"})
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        cost(1)  # fills the caches
        self.assertLessEqual(cost(40), cost(2) + 1)
