from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from odoo.addons.crm_standards.models.common.crm_standard_health import Problem
from odoo.addons.crm_standards.models.entry import crm_standard_entry_form as forms

from .entry_common import EntryCase

#: Back references make PostgreSQL's engine try all ways, too.
RUNAWAY = r"(a+)(a+)(a+)(a+)(a+)\5\4\3\2\1\1"


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
