from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.crm_standards.models.entry import crm_standard_entry_recheck as recheck

from .entry_common import EntryCase


@tagged("post_install", "-at_install")
class TestEntryReport(EntryCase):
    """Completeness of the base, and the job that checks forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rivals = cls.env["res.partner"].search([("user_id", "!=", False)])
        cls.rivals.user_id = False
        cls.tag = cls.env["res.partner.category"].create({"name": "Class A"})
        cls.law = cls.entry_standard(
            cls.line_vals("phone", strength="advise", weight=3),
            cls.line_vals("email", strength="advise", form_check="email"),
        )
        cls.phone, cls.email = cls.law.entry_ids
        cls.full = cls.contact(
            phone="+1 650 555 0100",
            email="a@example.com",
            category_id=[Command.link(cls.tag.id)],
        )
        cls.bad = cls.contact(email="nonsense")
        cls.foreign = cls.contact(user=cls.colleague, user_id=cls.colleague.id)

    def rows(self, user, groupby, *names):
        report = self.env["crm.standard.entry.report"].with_user(user)
        return report._read_group([("user_id", "!=", False)], groupby, [f"{n}:sum" for n in names])

    def test_counts_by_field(self):
        rows = self.rows(
            self.controller, ["entry_id"], "record_count", "filled_count", "kept_count"
        )

        self.assertEqual(
            {row[0].id: row[1:] for row in rows},
            {
                self.phone.id: (3, 1, 1),
                self.email.id: (3, 2, 1),
            },
        )

    def test_percent_is_a_share_of_sums_and_no_average_of_averages(self):
        report = self.env["crm.standard.entry.report"].with_user(self.controller)
        ((percent, kept, filled),) = report._read_group(
            [("user_id", "!=", False)],
            [],
            ["completeness_percent:avg", "kept_percent:avg", "filled_percent:avg"],
        )

        self.assertAlmostEqual(percent, 100 * (3 + 1) / (3 * 4))
        self.assertAlmostEqual(kept, 100 * 2 / 6)
        self.assertAlmostEqual(filled, 100 * 3 / 6)

    def test_by_owner_and_customer_class(self):
        rows = self.rows(self.controller, ["user_id", "class_id"], "record_count")

        self.assertEqual(
            {(user, tag): count for user, tag, count in rows},
            {
                (self.salesman, self.tag): 2,
                (self.salesman, self.tag.browse()): 2,
                (self.colleague, self.tag.browse()): 2,
            },
        )

    def test_what_is_typed_a_moment_ago_is_counted(self):
        self.bad.phone = "+1 650 555 0100"
        self.bad.email = "b@example.com"

        rows = self.rows(self.controller, ["entry_id"], "kept_count")
        self.assertEqual(dict(rows), {self.phone: 2, self.email: 2})

    def test_opportunities_count_by_their_team(self):
        self.entry_standard(self.line_vals("source_id", subject="lead", strength="advise"))
        self.lead()

        report = self.env["crm.standard.entry.report"]
        rows = report._read_group(
            [("subject", "=", "lead"), ("team_id", "=", self.team.id)],
            ["team_id"],
            ["gap_count:sum"],
        )

        self.assertEqual(rows, [(self.team, 1)])

    def test_t15_employees_see_their_own_figures_leaders_their_teams_controllers_all(self):
        for user, seen in (
            (self.salesman, self.salesman),
            (self.leader, self.salesman),  # the colleague is in no team
            (self.controller, self.salesman + self.colleague),
        ):
            with self.subTest(user.login):
                rows = self.rows(user, ["user_id"], "record_count")
                owners = self.env["res.users"].union(*(owner for owner, _count in rows))
                self.assertEqual(owners, seen)

    def test_t15_contacts_of_other_companies_do_not_count(self):
        company = self.env["res.company"].create({"name": "Other company"})
        self.foreign.sudo().write({"user_id": False})
        self.foreign.sudo().write({"company_id": company.id})
        self.foreign.sudo()["user_id"] = self.salesman.browse()

        report = self.env["crm.standard.entry.report"].with_user(self.controller)
        rows = report._read_group([("company_id", "=", company.id)], [], ["record_count:sum"])

        self.assertFalse(rows[0][0])

    def test_without_standards_the_report_is_empty(self):
        self.law.action_retire()

        self.assertFalse(self.env["crm.standard.entry.report"].search([]))

    def test_statements_are_constant(self):
        report = self.env["crm.standard.entry.report"].with_user(self.controller)
        self.rows(self.controller, ["entry_id", "user_id"], "kept_count")

        with self.assertQueryCount(2):
            report._read_group([], ["entry_id", "user_id"], ["kept_percent:avg"])

    def test_row_leads_to_the_records_behind_it(self):
        row = (
            self.env["crm.standard.entry.report"]
            .with_user(self.salesman)
            .search([("entry_id", "=", self.email.id), ("class_id", "=", False)])
        )
        row = row.filtered("user_id")

        action = row.action_view_gaps()

        self.assertEqual(self.env["res.partner"].search(action["domain"]), self.bad)

    def test_hint_names_fields_hardly_anybody_fills_in(self):
        self.env["ir.config_parameter"].set_param("crm_standards.entry_rare_percent", "101")
        lines = self.law.entry_ids.with_user(self.controller)

        self.assertTrue(lines[0].hint)
        self.env["ir.config_parameter"].set_param("crm_standards.entry_rare_percent", "0")
        lines.invalidate_recordset()
        self.assertFalse(lines[0].hint)

    # ---- the job ------------------------------------------------------------------------------

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_standards.crm_standard_entry_cron_recheck").method_direct_trigger()
        self.env.invalidate_all()

    def test_job_finds_what_was_there_before_the_line_and_what_sql_changed(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET email = 'x' WHERE id = %s", [self.full.id])
        self.env.invalidate_all()
        self.email.domain = "[('name', '=', 'Acme')]"
        self.assertFalse(self.faults(self.bad))

        with patch.object(recheck, "BATCH", 1):
            self.run_job()

        self.assertEqual(self.faults(self.bad), self.email)
        self.assertEqual(self.faults(self.full), self.email)
        self.assertTrue(self.email.date_checked)

    def test_t18_job_run_twice_changes_nothing(self):
        self.run_job()
        faults = self.env["crm.standard.entry.fault"].search([])
        self.env.cr.execute("UPDATE crm_standard_entry SET date_checked = NULL")

        self.run_job()

        self.assertEqual(self.env["crm.standard.entry.fault"].search([]), faults)

    def test_contact_that_left_the_scope_is_no_fault_any_more(self):
        self.assertEqual(self.faults(self.bad), self.email)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET is_company = FALSE WHERE id = %s", [self.bad.id]
        )
        self.env.cr.execute("UPDATE crm_standard_entry SET date_checked = NULL")
        self.env.invalidate_all()

        self.run_job()

        self.assertFalse(self.faults(self.bad))

    # ---- access -------------------------------------------------------------------------------

    def test_access_by_role_and_deed(self):
        deeds = {
            "crm.standard.entry": {self.salesman: "r", self.controller: "rwcu"},
            "crm.standard.entry.report": {self.salesman: "r", self.controller: "r"},
            "crm.standard.entry.breach": {self.salesman: "r", self.controller: "r"},
            "crm.standard.entry.fault": {self.salesman: "", self.controller: "r"},
            "crm.standard.duplicate": {self.salesman: "r", self.controller: "r"},
        }
        (employee,) = self._make_users(("std_plain", "Plain", "base.group_user"))
        for model, rights in deeds.items():
            for user, allowed in {**rights, employee: ""}.items():
                for deed in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, user=user.login, deed=deed):
                        can = self.env[model].with_user(user).has_access(deed)
                        self.assertEqual(can, deed[0] in allowed)

    def test_gaps_on_record_are_seen_by_the_responsible_his_leader_and_controllers(self):
        self.phone.strength = "record"
        breach = self.breaches(self.contact())

        for user, is_seen in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                self.assertIs(breach.with_user(user).has_access("read"), is_seen)

    def test_guard_works_for_whoever_has_no_right_of_ours(self):
        self.phone.strength = "block"
        (employee,) = self._make_users(("std_plain", "Plain", "base.group_user"))
        employee.group_ids += self.env.ref("base.group_partner_manager")
        self.assertFalse(employee.has_group("crm_standards.group_user"))
        contacts = self.env["res.partner"].with_user(employee)

        with self.assertRaisesRegex(Exception, "Phone: fill it in"):
            contacts.create({"name": "X", "is_company": True})
        values = {"name": "X", "is_company": True, "phone": "+1 650 555 0100"}
        self.assertEqual(contacts.create(values).entry_completeness["percent"], 75)
        with self.assertRaises(AccessError):
            self.phone.with_user(employee).read(["strength"])
