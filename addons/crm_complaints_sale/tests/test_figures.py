from odoo import fields
from odoo.tests import tagged

from .common import OrdersCase


@tagged("post_install", "-at_install")
class TestFigures(OrdersCase):
    def _rule(self, way):
        return self.env["crm.complaint.assignment"].create({"name": "Test", "way": way})

    def _assigned(self, way, **values):
        self.env["crm.complaint.assignment"].search([]).active = False
        self._rule(way)
        complaint = self.complaint(user_id=False, order_id=self.order.id, **values)
        complaint._assign()
        return complaint.user_id

    def test_whoever_sold_it_gets_the_complaint(self):
        self.order.user_id = self.colleague

        self.assertEqual(self._assigned("seller"), self.colleague)

    def test_a_seller_without_rights_on_complaints_gets_none(self):
        self.assertFalse(self._assigned("seller"))

    def test_a_seller_the_complaint_is_about_does_not_get_it(self):
        self.order.user_id = self.colleague

        user = self._assigned("seller", about_user_ids=self.colleague.ids)

        self.assertFalse(user)

    def test_the_own_salesperson_of_a_customer_comes_before_the_seller(self):
        self.order.user_id = self.colleague
        self.customer.user_id = self.all_clerk

        self.assertEqual(self._assigned("owner"), self.all_clerk)

    def test_the_seller_stands_in_where_the_customer_has_no_salesperson(self):
        (self.customer | self.company_partner).user_id = False
        self.order.user_id = self.colleague

        self.assertEqual(self._assigned("owner"), self.colleague)

    def _profile(self, partner):
        profiles = self.env["crm.complaint.profile"].with_user(self.manager)
        return profiles.search([("partner_id", "=", partner.id)])

    def test_the_profile_counts_complaints_per_confirmed_order(self):
        self.complaint(order_id=self.order.id)
        self._make_order(self.company_partner).action_confirm()
        self.order.action_confirm()
        self._make_order(self.customer)

        profile = self._profile(self.company_partner)

        self.assertRecordValues(profile, [{"order_count": 2, "rate_percent": 50.0}])

    def test_orders_of_another_company_do_not_count(self):
        self.complaint()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        order = self._make_order(self.customer, company_id=company.id, user_id=False)
        order.with_company(company).action_confirm()

        self.assertFalse(self._profile(self.company_partner).order_count)

    def test_the_profile_compares_with_similar_customers(self):
        self.complaint(partner_id=self.stranger.id)
        for _number in range(40):
            self._make_order(self.stranger).action_confirm()
        for _number in range(12):
            self.complaint()
        for _number in range(12):
            self._make_order(self.customer).action_confirm()

        self.assertEqual(self._profile(self.company_partner).rate_verdict, "more")

    def test_the_report_groups_by_salesperson(self):
        self.complaint(order_id=self.order.id)

        report = self.env["crm.complaint.report"].with_user(self.manager)
        groups = report._read_group(
            [("order_id", "=", self.order.id)], ["seller_id"], ["complaint_count:sum"]
        )

        self.assertEqual(groups, [(self.salesman.with_user(self.manager), 1)])

    def test_an_action_is_compared_by_orders_of_its_product(self):
        action = self.env["crm.complaint.action"].create(
            {"name": "Pack better", "effect_base": "orders", "product_id": self.lamp.id}
        )
        self.order.action_confirm()
        self._make_order(self.customer)
        now = fields.Datetime.now()

        count = action._count_effect_base(
            fields.Datetime.subtract(now, days=1), fields.Datetime.add(now, days=1)
        )

        self.assertEqual(count, 1)

    def test_counting_complaints_costs_the_same_for_many_orders(self):
        orders = self.order
        for _number in range(9):
            orders |= self._make_order(self.customer)
        self.complaint(order_id=self.order.id)
        orders = orders.with_user(self.all_clerk).sudo(False)
        orders[:1].mapped("complaint_count")

        counts = []
        for some in (orders[1:2], orders):
            orders.invalidate_recordset(["complaint_count"])
            before = self.env.cr.sql_log_count
            some.mapped("complaint_count")
            counts.append(self.env.cr.sql_log_count - before)

        self.assertEqual(counts[0], counts[1])
