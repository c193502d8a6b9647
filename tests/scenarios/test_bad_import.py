"""Bad files given to the Import button: a clear message, and nothing half-imported."""

from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

OPTIONS = {
    "quoting": '"',
    "separator": ",",
    "has_headers": True,
    "encoding": "",
    "date_format": "%d-%m-%y",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
}
COLUMNS = ["name", "stage_id", "date_deadline", "expected_revenue"]
HEADER = "Opportunity,Stage,Expected closing,Revenue"


@tagged("post_install", "-at_install")
class TestBadImport(TransactionCase):
    """The wizard behind the Import button, with files that go wrong in the middle."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(cls.env, "bad_importer", "sales_team.group_sale_manager")
        cls.env["crm.standard"].search([]).write({"state": "retired"})
        cls.env["crm.stage"].create({"name": "Imported stage"})

    def wizard(self, content):
        return (
            self.env["base_import.import"]
            .with_user(self.user)
            .create(
                {
                    "res_model": "crm.lead",
                    "file": content,
                    "file_type": "text/csv",
                    "file_name": "deals.csv",
                }
            )
        )

    def run_import(self, *lines, columns=None, header=HEADER):
        """Import a file of lines; return the messages as one text."""
        content = "\n".join([header, *lines]).encode()
        result = self.wizard(content).execute_import(
            columns or COLUMNS, header.split(","), dict(OPTIONS)
        )
        return "\n".join(
            f"{message.get('field_name') or message.get('field') or ''} "
            f"{message.get('rows', '')} {message['message']}"
            for message in result["messages"]
        )

    def assertNothingImported(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        self.assertFalse(leads.search([("name", "like", "Bad file%")]))

    def test_good_file_comes_in(self):
        messages = self.run_import("Bad file no,Imported stage,20-10-16,5")

        self.assertFalse(messages)
        self.assertTrue(self.env["crm.lead"].search([("name", "=", "Bad file no")]))

    def test_unknown_stage_names_row_and_value(self):
        messages = self.run_import(
            "Bad file 1,Imported stage,20-10-16,5", "Bad file 2,No such stage,20-10-16,5"
        )

        self.assertIn("No such stage", messages)
        self.assertIn("Stage", messages)
        self.assertIn("'from': 1", messages)
        self.assertNothingImported()

    def test_wrong_date_names_column_and_line(self):
        messages = self.run_import(
            "Bad file 1,Imported stage,20-10-16,5", "Bad file 2,Imported stage,31-31-16,5"
        )

        self.assertIn("date_deadline", messages)
        self.assertIn("line 2", messages)
        self.assertIn("31-31-16", messages)
        self.assertNothingImported()

    @mute_logger("odoo.sql_db")
    def test_missing_column_is_named(self):
        messages = self.run_import(
            "Imported stage,20-10-16,5",
            columns=COLUMNS[1:],
            header="Stage,Expected closing,Revenue",
        )

        self.assertIn("Opportunity", messages)
        self.assertNothingImported()

    def test_row_with_too_few_cells(self):
        messages = self.run_import("Bad file 1,Imported stage")

        self.assertIn("Row 2: 2 columns instead", messages)
        self.assertNothingImported()

    def test_empty_file_is_told_so(self):
        preview = self.wizard(b"").parse_preview(dict(OPTIONS))

        self.assertIn("is empty (0 bytes)", preview["error"])

    def test_file_that_is_not_utf8_is_told_so(self):
        content = HEADER.encode() + b"\nBad file \xff\xfe\x00 1,Imported stage,20-10-16,5\n"

        preview = self.wizard(content).parse_preview({**OPTIONS, "encoding": "utf-8"})

        self.assertIn("utf-8", preview["error"])
        self.assertIn("decoding", preview["error"])

    def test_russian_file_in_a_windows_encoding_comes_in_whole(self):
        rows = [f"Bad file no {n} Поставка мебели,Imported stage,20-10-16,5" for n in range(20)]
        content = "\n".join([HEADER, *rows]).encode("cp1251")
        options = {**OPTIONS, "encoding": "cp1251"}

        self.wizard(content).execute_import(COLUMNS, HEADER.split(","), options)

        found = self.env["crm.lead"].search([("name", "like", "Поставка мебели")])
        self.assertEqual(len(found), 20)

    def test_row_against_a_blocking_standard_stops_the_whole_file(self):
        field = self.env["ir.model.fields"]._get("crm.lead", "expected_revenue")
        stage = self.env["crm.stage"].search([("name", "=", "Imported stage")])
        self.env["crm.standard"].create(
            {
                "name": "Import",
                "rule_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "Know the money",
                            "kind": "enter",
                            "strength": "block",
                            "stage_ids": [(6, 0, stage.ids)],
                            "field_ids": [(6, 0, field.ids)],
                        },
                    )
                ],
            }
        ).action_put_in_force()

        messages = self.run_import(
            "Bad file 1,Imported stage,20-10-16,5", "Bad file 2,Imported stage,20-10-16,0"
        )

        self.assertIn("Know the money", messages)
        self.assertIn("Bad file 2", messages)
        self.assertIn("'from': 1", messages)
        self.assertNothingImported()
