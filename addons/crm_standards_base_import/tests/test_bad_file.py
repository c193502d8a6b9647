from odoo.tests import TransactionCase, tagged

OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}


@tagged("post_install", "-at_install")
class TestBadFile(TransactionCase):
    """Files the import cannot read are told so in words that help."""

    def wizard(self, content):
        return self.env["base_import.import"].create(
            {
                "res_model": "crm.lead",
                "file": content,
                "file_type": "text/csv",
                "file_name": "deals.csv",
            }
        )

    def test_empty_file_is_named(self):
        preview = self.wizard(b"").parse_preview(dict(OPTIONS))

        self.assertIn("deals.csv", preview["error"])
        self.assertIn("is empty", preview["error"])

    def test_empty_file_is_named_at_the_import_too(self):
        result = self.wizard(b"").execute_import(["name"], ["Name"], dict(OPTIONS))

        self.assertIn("is empty", result["messages"][0]["message"])

    def test_row_with_too_few_columns_is_named(self):
        content = b"Name,Email\nA,a@example.com\nB\nC,c@example.com\n"

        result = self.wizard(content).execute_import(
            ["name", "email_from"], ["Name", "Email"], dict(OPTIONS)
        )

        self.assertIn("Row 3: 1 columns instead", result["messages"][0]["message"])
        self.assertFalse(self.env["crm.lead"].search([("name", "in", ["A", "B", "C"])]))

    def test_good_file_comes_in(self):
        content = b"Name,Email\nA good file,a@example.com\n"

        result = self.wizard(content).execute_import(
            ["name", "email_from"], ["Name", "Email"], dict(OPTIONS)
        )

        self.assertEqual(len(result["ids"]), 1)
