from unittest.mock import patch

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.crm_standards.models.common.crm_standard_health import Problem
from odoo.addons.crm_standards.models.entry import crm_standard_entry_form as forms

from .entry_common import EntryCase

#: Back references make PostgreSQL's engine try all ways, too.
RUNAWAY = r"(a+)(a+)(a+)(a+)(a+)\5\4\3\2\1\1"


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


@tagged("post_install", "-at_install")
class TestEntryForm(EntryCase):
    """Forms a value can be asked to have."""

    def is_fine(self, field_name, value, values=None, **line):
        """Tell whether a contact with this value passes a line."""
        self.env["crm.standard"].search([]).write({"state": "retired"})
        self.entry_standard(self.line_vals(field_name, **line))
        try:
            self.contact(**{field_name: value, **(values or {})})
        except ValidationError:
            return False
        return True

    def test_tax_numbers_by_country(self):
        russia, belgium = self.env.ref("base.ru"), self.env.ref("base.be")
        for number, country, expected in (
            ("7707083893", russia, True),
            ("7707083894", russia, False),
            ("500100732259", russia, True),
            ("BE0477472701", russia, True),
            ("0477472701", belgium, True),
            ("BE0477472702", belgium, False),
            ("/", russia, True),
            ("whatever", self.env.ref("base.aq"), True),
        ):
            with self.subTest(number=number):
                values = {"country_id": country.id}
                self.assertIs(self.is_fine("vat", number, values, form_check="tax_id"), expected)

    def test_phone_by_the_numbering_plan_of_the_country(self):
        russia = {"country_id": self.env.ref("base.ru").id}

        self.assertTrue(self.is_fine("phone", "8 (495) 123-45-67", russia, form_check="phone"))
        self.assertFalse(self.is_fine("phone", "12", russia, form_check="phone"))

    def test_length_choice_and_pattern(self):
        for value, line, expected in (
            ("abc", {"form_check": "length", "min_length": 2, "max_length": 3}, True),
            ("abcd", {"form_check": "length", "min_length": 2, "max_length": 3}, False),
            (" north", {"form_check": "choice", "allowed_values": "North\nSouth"}, True),
            ("West", {"form_check": "choice", "allowed_values": "North\nSouth"}, False),
            ("123456", {"form_check": "pattern", "pattern": r"\d{6}"}, True),
            ("x123456", {"form_check": "pattern", "pattern": r"\d{6}"}, False),
            ("ab", {"form_check": "pattern", "pattern": "a|ab"}, True),
        ):
            with self.subTest(value=value, line=line):
                self.assertIs(self.is_fine("ref", value, **line), expected)

    def test_pattern_that_runs_away_is_refused_when_written(self):
        with self.assertRaisesRegex(ValidationError, "Reference.*runs away.*back references"):
            self.entry_standard(self.line_vals("ref", form_check="pattern", pattern=RUNAWAY))

    def test_pattern_that_is_none_is_refused_with_its_error(self):
        with self.assertRaisesRegex(ValidationError, "cannot be understood.*parenthes"):
            self.entry_standard(self.line_vals("ref", form_check="pattern", pattern="(a"))

    def test_pattern_that_runs_away_on_real_data_stops_nobody_and_is_listed(self):
        standard = self.entry_standard(
            self.line_vals("ref", form_check="pattern", pattern=r"\d+"), self.line_vals("phone")
        )
        line = standard.entry_ids[0]
        self.contact(ref="1", phone="+1 650 555 0100")  # the rulebook is in memory

        def late(self, pattern, texts):
            return forms.Outcome(is_late=True)

        with patch.object(forms.CrmStandardEntryForm, "_match", late):
            contact = self.contact(ref="abc", phone="+1 650 555 0100")

        self.assertTrue(contact.exists())
        self.assertTrue(line.is_runaway)
        problems = self.env["crm.standard.health"]._find_problems()
        self.assertIn(
            Problem("Data entry", line._name, line.id, f"{line._title()}: {line.problem}"),
            problems,
        )
        self.assertTrue(self.contact(ref="abc", phone="+1 650 555 0100"))  # applied no more
        line.pattern = r"\d{3}"
        self.assertFalse(line.is_runaway)

    def test_time_limit_of_patterns_leaves_the_transaction_as_it_was(self):
        service = self.env["crm.standard.entry.form"]
        with patch.object(forms, "TIME_LIMIT", 50):
            outcome = service._match(RUNAWAY, ["a" * 299])

        self.assertTrue(outcome.is_late)
        self.env.cr.execute("SHOW statement_timeout")
        self.assertEqual(self.env.cr.fetchone(), ("0",))


@tagged("post_install", "-at_install")
class TestEntryLine(EntryCase):
    """Lines that cannot be applied, and what is kept about them."""

    def test_line_on_a_field_nobody_can_fill_in_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "choose another"):
            self.entry_standard(self.line_vals("email_normalized"))
        with self.assertRaisesRegex(ValidationError, "none of these records"):
            self.entry_standard(self.line_vals("source_id", subject="lead") | {"subject": "person"})
        with self.assertRaisesRegex(ValidationError, "only texts have a form"):
            self.entry_standard(self.line_vals("country_id", form_check="email"))
        with self.assertRaisesRegex(ValidationError, "cannot be understood"):
            self.entry_standard(self.line_vals("ref", domain="[('nonsense', '=', 1)]"))

    def test_line_whose_field_is_removed_blocks_nobody_and_is_listed(self):
        field = self.env["ir.model.fields"].create(
            {
                "name": "x_fax",
                "field_description": "Fax",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "ttype": "char",
            }
        )
        standard = self.entry_standard(self.line_vals("x_fax"), self.line_vals("phone"))
        line = standard.entry_ids[0]
        with self.assertRaises(ValidationError):
            self.contact(phone="+1 650 555 0100")

        field.unlink()
        line.invalidate_recordset()

        self.assertTrue(self.contact(phone="+1 650 555 0100"))
        self.assertIn("x_fax was removed", line.problem)
        texts = [problem.text for problem in self.env["crm.standard.health"]._find_problems()]
        self.assertTrue(any("x_fax was removed" in text for text in texts))

    def test_line_with_gaps_on_record_cannot_be_deleted(self):
        standard = self.entry_standard(self.line_vals("phone", strength="record"))
        self.contact()

        with self.assertRaisesRegex(ValidationError, "Archive it"):
            standard.entry_ids.unlink()

    def test_changes_of_lines_stand_in_the_history(self):
        standard = self.entry_standard(self.line_vals("phone"))

        standard.entry_ids.strength = "advise"

        line = self.env["crm.standard.history"].search([("subject", "=", "Phone")], limit=1)
        self.assertEqual((line.old_value, line.new_value), ("Block", "Advise"))

    def test_what_the_system_keeps_nobody_writes(self):
        standard = self.entry_standard(self.line_vals("phone"))

        standard.entry_ids.write({"is_runaway": True, "last_checked_id": 7})

        self.assertRecordValues(standard.entry_ids, [{"is_runaway": False, "last_checked_id": 0}])

    def test_copy_of_a_standard_has_its_lines(self):
        standard = self.entry_standard(self.line_vals("phone"))

        self.assertEqual(standard.copy().entry_ids.field_name, "phone")

    def test_gap_on_record_is_sealed(self):
        self.entry_standard(self.line_vals("phone", strength="record"))
        breach = self.breaches(self.contact())

        for deed in (
            lambda: breach.sudo().write({"user_id": False}),
            lambda: breach.sudo().unlink(),
            lambda: breach.sudo().create({}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_merge_of_contacts_keeps_what_is_on_record(self):
        self.entry_standard(self.line_vals("phone", strength="record"))
        one, other = self.contact(name="One"), self.contact(name="Other")
        gaps = self.breaches(one) + self.breaches(other)

        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((one + other).ids, one)

        self.assertEqual(gaps.exists().partner_id, one)
        self.assertEqual(len(gaps.exists()), 2)

    def test_merge_of_opportunities_takes_the_record_along(self):
        self.entry_standard(self.line_vals("source_id", subject="lead", strength="record"))
        one, other = self.lead(name="One"), self.lead(name="Other")
        gaps = self.breaches(one) + self.breaches(other)

        merged = (one + other).merge_opportunity()

        self.assertEqual(gaps.lead_id, merged)


@tagged("post_install", "-at_install")
class TestEntryState(EntryCase):
    """What the form shows, and lists by gaps."""

    def test_percent_is_weighted_and_follows_on_the_server(self):
        self.entry_standard(
            self.line_vals("phone", strength="advise", weight=3),
            self.line_vals("email", strength="advise", form_check="email"),
        )
        contact = self.contact(phone="+1 650 555 0100", email="nonsense")

        self.assertEqual(contact.entry_completeness["percent"], 75)
        email = contact.entry_completeness["lines"][1]
        self.assertEqual(
            (email["name"], email["is_filled"], email["fault"]),
            ("email", True, "is no e-mail address"),
        )
        with Form(contact) as form:
            form.email = "a@example.com"
            self.assertEqual(form.entry_completeness["percent"], 100)

    def test_t15_value_of_a_field_one_may_not_read_is_not_told(self):
        self.entry_standard(self.line_vals("email", strength="advise", form_check="email"))
        contact = self.contact(email="nonsense")
        field = contact._fields["email"]
        self.patch(field, "groups", "base.group_system")

        line = contact.entry_completeness["lines"][0]

        self.assertEqual((line["fault"], line["faulty_value"]), ("is no e-mail address", ""))

    def test_field_that_is_no_text_has_no_form_and_is_shown(self):
        self.entry_standard(self.line_vals("industry_id", strength="advise"))
        industry = self.env["res.partner.industry"].create({"name": "Fisheries"})

        shown = self.contact(industry_id=industry.id).entry_completeness

        self.assertEqual((shown["percent"], shown["lines"][0]["fault"]), (100, ""))

    def test_nothing_is_shown_where_no_line_speaks(self):
        self.assertFalse(self.contact().entry_completeness)

    def test_condition_on_the_verdict_itself_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "themselves find out"):
            self.entry_standard(self.line_vals("phone", domain="[('entry_gap_ids', '!=', False)]"))

    def test_own_company_is_no_customer_later_either(self):
        self.entry_standard(self.line_vals("vat"))
        admin = self.env(user=self.env.ref("base.user_admin"))
        company = admin["res.company"].create({"name": "New Branch", "vat": "BE0477472701"})

        company.vat = False

        self.assertFalse(self.breaches(company.partner_id))
        self.assertFalse(company.partner_id.entry_completeness)

    def test_form_opens_with_lines_on_fields_that_are_no_texts(self):
        self.entry_standard(
            self.line_vals("user_id"),
            self.line_vals("category_id", strength="advise"),
            self.line_vals("color", strength="advise"),
        )
        contact = self.contact(color=3)

        self.assertEqual(contact.entry_completeness["percent"], 66)

    def test_list_by_gaps_and_form_say_the_same(self):
        standard = self.entry_standard(
            self.line_vals("phone", strength="advise"),
            self.line_vals("email", strength="advise", form_check="email"),
            self.line_vals("category_id", strength="advise"),
            self.line_vals("color", strength="advise"),
        )
        tag = self.env["res.partner.category"].create({"name": "A"})
        contacts = (
            self.contact(name="None")
            + self.contact(name="Blank", phone="  \n", email="nonsense", color=1)
            + self.contact(
                name="All",
                phone="+1 650 555 0100",
                email="a@example.com",
                category_id=[Command.link(tag.id)],
                color=2,
            )
        )
        mine = [("id", "in", contacts.ids)]

        for line in standard.entry_ids:
            with self.subTest(line.field_name):
                found = contacts.search([*mine, ("entry_gap_ids", "in", line.ids)])
                shown = contacts.filtered(lambda c, line=line: line in c.entry_gap_ids)
                self.assertEqual(found.sorted("id"), shown.sorted("id"))
        self.assertEqual(contacts.search([*mine, ("entry_gap_ids", "=", False)]), contacts[2])
        self.assertEqual(
            contacts.search([*mine, ("entry_gap_ids", "!=", False)]).sorted("id"), contacts[:2]
        )
        action = standard.entry_ids[0].action_view_gaps()
        self.assertEqual(len(contacts.search([*mine, *action["domain"]])), 2)

    def test_t21_gaps_are_found_under_the_record_rules_of_who_asks(self):
        self.entry_standard(self.line_vals("source_id", subject="lead", strength="advise"))
        lead = self.lead()
        domain = [("id", "=", lead.id), ("entry_gap_ids", "!=", False)]

        self.assertTrue(lead.search(domain))
        self.assertFalse(lead.with_user(self.colleague).search(domain))
