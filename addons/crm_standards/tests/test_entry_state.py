from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .entry_common import EntryCase


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
