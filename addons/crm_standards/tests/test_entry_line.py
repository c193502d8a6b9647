from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .entry_common import EntryCase


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
