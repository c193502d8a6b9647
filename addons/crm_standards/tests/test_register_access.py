from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import StandardsCase

READ, CHANGE = {"read"}, {"read", "write", "create", "unlink"}

#: Who may do what with the models of the register, before the record rules narrow it further.
TABLE = {
    "employee": {},
    "portal": {},
    "public": {},
    "salesman": {
        "crm.standard.version": READ,
        "crm.standard.version.approval": READ,
        "crm.standard.version.refusal": CHANGE,
        "crm.standard.acknowledgement": READ,
        "crm.standard.comment": CHANGE,
    },
    "controller": {
        "crm.standard.version": {"read", "write"},
        "crm.standard.version.approval": READ,
        "crm.standard.version.refusal": CHANGE,
        "crm.standard.acknowledgement": READ,
        "crm.standard.comment": CHANGE,
    },
}


class TestRegisterAccess(StandardsCase):
    """Roles, deeds and outcomes in the register of standards."""

    def test_table_of_roles_and_deeds(self):
        users = {
            "employee": new_test_user(self.env, "std_reg_employee", "base.group_user"),
            "portal": new_test_user(self.env, "std_reg_portal", "base.group_portal"),
            "public": self.env.ref("base.public_user"),
            "salesman": self.salesman,
            "controller": self.controller,
        }
        for role, rights in TABLE.items():
            for model in TABLE["controller"]:
                for deed in CHANGE:
                    with self.subTest(role=role, model=model, deed=deed):
                        allowed = self.env[model].with_user(users[role]).has_access(deed)
                        self.assertEqual(allowed, deed in rights.get(model, ()))

    def test_t15_content_of_versions_is_read_as_text_only(self):
        version = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"])
        ).version_id

        shown = version.with_user(self.salesman).fields_get()

        self.assertNotIn("content", shown)
        self.assertNotIn("words", shown)
        self.assertIn("Contact", version.with_user(self.salesman).document)

    def test_employee_reads_what_is_in_force_and_not_what_was_never_published(self):
        law = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))
        draft = self.env["crm.standard"].create({"name": "Draft", "user_id": self.controller.id})
        own = self.env["crm.standard"].create({"name": "Own", "user_id": self.salesman.id})

        for record, sees in ((law, True), (law.rule_ids, True), (draft, False), (own, True)):
            with self.subTest(record.display_name):
                self.assertEqual(record.with_user(self.salesman).has_access("read"), sees)

    def test_files_of_a_standard_are_read_by_whoever_reads_it(self):
        files = self.env["ir.attachment"].with_user(self.controller)
        file = files.create({"name": "Prices.txt", "raw": b"1"})
        standard = self.standard(
            self.rule_vals("enter", self.stage_qualified, ["partner_id"])
        ).with_user(self.controller)

        standard.attachment_ids = file

        self.assertEqual(
            standard.with_user(self.salesman).attachment_ids.mapped("name"), ["Prices.txt"]
        )

    def test_who_may_not_read_standards_does_not_approve_them(self):
        employee = new_test_user(self.env, "std_reg_outsider", "base.group_user")

        with self.assertRaisesRegex(ValidationError, "may not read standards"):
            self.env["crm.standard"].create(
                {"name": "Mine", "approver_ids": [Command.set(employee.ids)]}
            )

    def test_t12_foreign_files_are_not_published_with_a_standard(self):
        company = self.env["res.company"].create({"name": "Other company"})
        hidden = self.env["ir.attachment"].create(
            {
                "name": "Secret.txt",
                "raw": b"x",
                "res_model": "crm.lead",
                "res_id": self.env["crm.lead"]
                .create({"name": "Theirs", "company_id": company.id, "team_id": False})
                .id,
            }
        )
        standard = self.standard(self.rule_vals("enter", self.stage_qualified, ["partner_id"]))

        with self.assertRaises(AccessError):
            standard.with_user(self.controller).attachment_ids = hidden
