from odoo.exceptions import AccessError

from .common import StandardsCase

READ, WRITE, FULL = {"read"}, {"read", "write", "create"}, {"read", "write", "create", "unlink"}

#: model -> deeds of an employee, of a controller
TABLE = {
    "crm.standard.stage.duty": (READ, FULL),
    "crm.standard.verdict.reason": (READ, FULL),
    "crm.standard.assignment": (WRITE, WRITE),
    "crm.standard.assignment.event": (READ, READ),
    "crm.standard.digest": (READ, READ),
    "crm.standard.explain": (WRITE, WRITE),
    "crm.standard.verdict": (set(), WRITE),
    "crm.standard.assignment.reason": (WRITE, WRITE),
}


class TestPeopleAccess(StandardsCase):
    """Who may do what with duties, assignments, verdicts and digests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stranger, portal = cls._make_users(
            ("std_stranger", "Stan Stranger", "base.group_user"),
            ("std_guest", "Gus Guest", "base.group_portal"),
        )
        cls.strangers = stranger + portal + cls.env.ref("base.public_user")

    def test_table_of_roles_and_deeds(self):
        for model, (employee, controller) in TABLE.items():
            roles = [(self.salesman, employee), (self.controller, controller)]
            roles += [(user, set()) for user in self.strangers]
            for user, deeds in roles:
                for deed in ("read", "write", "create", "unlink"):
                    with self.subTest(model=model, user=user.login, deed=deed):
                        allowed = self.env[model].with_user(user).has_access(deed)
                        self.assertEqual(allowed, deed in deeds)

    def order(self, **values):
        orders = self.env["crm.standard.assignment"].with_user(self.controller)
        return orders.create({"name": "x", "user_id": self.salesman.id, **values})

    def test_t1_assignment_is_seen_by_its_parties_their_leader_and_controllers(self):
        order = self.order(lead_id=self.lead().id)

        for user, is_seen in (
            (self.salesman, True),
            (self.leader, True),
            (self.controller, True),
            (self.colleague, False),
        ):
            with self.subTest(user.login):
                self.assertEqual(order.with_user(user).has_access("read"), is_seen)
                self.assertEqual(order.event_ids.with_user(user).has_access("read"), is_seen)
                found = self.env["crm.standard.assignment"].with_user(user)
                self.assertEqual(
                    bool(found._read_group([("id", "=", order.id)], ["user_id"], ["__count"])),
                    is_seen,
                )

    def test_t14_stranger_calls_a_button(self):
        order = self.order()

        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_accept()

    def test_t15_companies_are_kept_apart(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        order = self.order()
        order.sudo()._write_fact({"company_id": company.id})

        self.assertFalse(order.with_user(self.salesman).has_access("read"))
        self.assertFalse(order.with_user(self.controller).has_access("read"))

    def test_t21_count_on_the_lead_tells_only_what_one_may_see(self):
        lead = self.lead()
        self.order(lead_id=lead.id)
        lead.sudo().user_id = False  # everybody's lead, but still the salesman's order

        self.assertEqual(lead.with_user(self.salesman).standard_assignment_count, 1)
        self.assertEqual(lead.with_user(self.colleague).standard_assignment_count, 0)
