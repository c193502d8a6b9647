from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common import SegmentCase


class TestAccess(SegmentCase):
    """Who may see classes, who may define them, and that nobody writes who is in them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.at(cls.clock)
        cls.partner = cls.customer("Known")
        cls.won(cls.partner, 100)
        cls.running = cls.method()
        cls.running.action_start()
        cls.member = cls.env["crm.segment.membership"].search([("method_id", "=", cls.running.id)])

    def test_each_role_may_do_what_its_job_asks(self):
        table = {
            "crm.segment.method": {"user": "read", "manager": "read write create unlink"},
            "crm.segment": {"user": "read", "manager": "read write"},
            "crm.segment.membership": {"user": "read", "manager": "read"},
            "crm.segment.change": {"user": "read", "manager": "read"},
        }
        for model, roles in table.items():
            for role in ("user", "manager", "outsider"):
                for deed in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, role=role, deed=deed):
                        may = self.env[model].with_user(getattr(self, role)).has_access(deed)
                        self.assertEqual(may, deed in roles.get(role, "").split())

    def test_t1_members_of_another_company_are_hidden(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})

        members = self.env["crm.segment.membership"].with_user(self.user)

        self.assertFalse(members.search([("id", "=", self.member.id)]))
        with self.assertRaises(AccessError):
            members.browse(self.member.id).check_access("read")

    def test_t1_nothing_of_another_company_is_seen_by_any_role(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.won(self.customer(), 900000)
        self.running.action_compute()
        rows = {
            "crm.segment.method": self.running,
            "crm.segment": self.running.segment_ids,
            "crm.segment.membership": self.member,
            "crm.segment.change": self.env["crm.segment.change"].search(
                [("method_id", "=", self.running.id)]
            ),
        }
        people = self.user | self.manager
        people.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        for model, records in rows.items():
            for user in people:
                with self.subTest(model=model, user=user.name):
                    self.assertTrue(records)
                    mine = self.env[model].with_user(user)
                    self.assertFalse(mine.search([("id", "in", records.ids)]))
                    self.assertFalse(mine.browse(records.ids).has_access("read"))
                    self.assertFalse(mine.browse(records.ids).has_access("write"))

    def test_t21_a_shared_customer_shows_the_classes_of_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        shared = self.customer("Shared", company_id=False)
        lead = self.won(shared, 100)
        elsewhere = self.method("domain", company_id=other.id, domain=f"[('id', '=', {shared.id})]")
        elsewhere.action_start()
        self.user.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")

        for record in (shared.with_user(self.user), lead.with_user(self.user)):
            with self.subTest(record=record._name):
                self.assertFalse(record.segment_ids)
                self.assertFalse(
                    record.search([("segment_ids", "in", elsewhere.segment_ids.ids)]) & record
                )
                self.assertEqual(record.sudo().segment_ids, elsewhere.segment_ids)

    def test_t15_counts_are_those_of_own_companies(self):
        other = self.env["res.company"].create({"name": "Elsewhere Ltd"})
        self.user.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})

        found = (
            self.env["res.partner"]
            .with_user(self.user)
            .search([("segment_ids", "in", self.member.segment_id.ids)])
        )

        self.assertFalse(found)

    def test_t15_classes_of_a_customer_are_hidden_without_the_role(self):
        partner = self.partner.with_user(self.outsider)

        with self.assertRaises(AccessError):
            partner.read(["segment_ids"])
        with self.assertRaises(AccessError):
            partner.search([("segment_ids", "!=", False)])

    def test_t14_only_a_manager_computes(self):
        for method in (self.running.with_user(self.user), self.running.with_user(self.outsider)):
            for deed in ("action_start", "action_compute"):
                with self.assertRaises(AccessError):
                    getattr(method, deed)()

    def test_t14_a_preview_is_the_manager_s(self):
        with self.assertRaises(AccessError):
            self.running.with_user(self.user).read(["preview"])

    def test_t19_nobody_writes_who_is_in_a_class(self):
        members = self.member.sudo()
        for deed in (
            lambda: members.write({"rank": 9}),
            lambda: members.unlink(),
            lambda: members.create({"partner_id": self.partner.id}),
        ):
            with self.assertRaises(AccessError):
                deed()

    def test_t19_nobody_writes_history(self):
        changes = self.env["crm.segment.change"].sudo()
        with self.assertRaises(AccessError):
            changes.create({"partner_id": self.partner.id})

    def test_t4_what_was_computed_is_not_written_by_hand(self):
        method = self.running.with_user(self.manager)
        for values in ({"state": "draft"}, {"date_counted": False}, {"problem": "none"}):
            with self.assertRaises(UserError):
                method.write(values)

    def test_t4_defaults_of_the_context_say_nothing_of_what_was_computed(self):
        methods = self.env["crm.segment.method"].with_user(self.manager)

        method = methods.with_context(default_state="running", default_problem="none").create(
            {"name": "Mine", "company_id": self.company.id}
        )

        self.assertEqual((method.state, method.problem), ("draft", False))

    def test_t4_classes_are_made_by_their_method_only(self):
        segment = self.member.segment_id.with_user(self.manager)
        for deed in (
            lambda: segment.create({"name": "Mine", "code": "M"}),
            lambda: segment.write({"code": "B"}),
            lambda: segment.unlink(),
        ):
            with self.assertRaises(UserError):
                deed()

    def test_a_manager_names_a_class_and_says_what_to_do(self):
        segment = self.member.segment_id.with_user(self.manager)

        segment.write({"name": "Gold", "color": 3, "advice": "Visit them"})

        self.assertEqual(segment.display_name, "Test of abc: Gold")
