from odoo.exceptions import AccessError, UserError

from .common import ComplaintsCase


class TestCost(ComplaintsCase):
    """What a complaint cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.complaint()
        cls.costs = cls.env["crm.complaint.cost"].with_user(cls.clerk)

    def cost(self, **values):
        return self.costs.create({"complaint_id": self.case.id, "name": "Talk", **values})

    def test_hours_cost_the_rate_of_the_company(self):
        self.env.company.complaint_hour_rate = 40

        cost = self.cost(kind="hours", hours=1.5)

        self.assertEqual(cost.amount, 60)

    def test_a_later_rate_changes_no_cost(self):
        self.env.company.complaint_hour_rate = 40
        cost = self.cost(kind="hours", hours=1)

        self.env.company.complaint_hour_rate = 50

        self.assertEqual(cost.amount, 40)

    def test_the_complaint_sums_its_costs(self):
        self.cost(amount=10)
        cost = self.cost(amount=5, kind="transport")
        self.assertEqual(self.case.cost_amount, 15)

        cost.unlink()

        self.assertEqual(self.case.cost_amount, 10)

    def test_what_a_document_booked_only_the_document_changes(self):
        booked = self.costs._book([{"complaint_id": self.case.id, "name": "Credit", "amount": 9}])

        for deed in (lambda: booked.write({"amount": 1}), booked.unlink):
            with self.assertRaisesRegex(UserError, "document"):
                deed()
        booked._unbook()

        self.assertEqual(self.case.cost_amount, 0)

    def test_t4_nobody_pretends_to_be_a_document(self):
        with self.assertRaisesRegex(UserError, "document"):
            self.cost(is_booked=True)
        cost = self.costs.with_context(default_is_booked=True).create(
            {"complaint_id": self.case.id, "name": "Talk"}
        )
        self.assertFalse(cost.is_booked)

    def test_t15_others_neither_see_nor_enter(self):
        cost = self.cost(amount=10)

        for user in (self.colleague, self.salesman, self.customer_user):
            with self.subTest(user=user.login):
                self.assertFalse(cost.with_user(user).has_access("read"))
                with self.assertRaises(AccessError):
                    self.costs.with_user(user).create(
                        {"complaint_id": self.case.id, "name": "Talk"}
                    )
