from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import OrdersCase


@tagged("post_install", "-at_install")
class TestAccess(OrdersCase):
    """Who does what with orders and complaints: the rights on each count, and nothing more."""

    def _may(self, user, deed):
        """Whether ``deed`` succeeds for ``user``; nothing of it stays."""
        try:
            with self.env.cr.savepoint() as savepoint:
                deed(user)
                self.env.flush_all()
                savepoint.rollback()
        except AccessError:
            return False
        return True

    def _link(self, user):
        self.case.with_user(user).order_id = self.order

    def _read_name(self, user):
        self.linked.with_user(user).read(["order_id"])

    def _open_order(self, user):
        self.linked.with_user(user).action_open_order()

    def _count(self, user):
        self.order.with_user(user).read(["complaint_count"])

    def _list(self, user):
        action = self.order.with_user(user).action_complaints()
        self.env[action["res_model"]].with_user(user).search_read(action["domain"], ["number"])

    def _hand_in(self, user):
        complaints = self.env["crm.complaint"].with_user(user)
        complaints.register_complaint({"name": "Late", "order_id": self.order.id})

    def test_table_of_roles_and_deeds(self):
        self.case, self.linked = self.complaint(), self.complaint(order_id=self.order.id)
        deeds = (self._link, self._read_name, self._open_order, self._count, self._list)
        users = (self.clerk, self.leader, self.colleague, self.salesman, self.outsider)
        table = {
            # the clerk sells, the leader does not
            self.clerk: (True, True, True, True, True),
            self.leader: (False, True, False, False, False),
            self.colleague: (False, False, False, False, False),
            self.salesman: (False, False, False, False, False),
            self.outsider: (False, False, False, False, False),
        }
        for user in users:
            for deed, expected in zip(deeds, table[user], strict=True):
                with self.subTest(user=user.login, deed=deed.__name__):
                    self.assertEqual(self._may(user, deed), expected)

    def test_whoever_sees_no_orders_works_on_complaints_about_them(self):
        linked = self.complaint(order_id=self.order.id).with_user(self.leader)

        linked.write({"name": "The lamp flickers", "order_id": False})

        self.assertTrue(self.complaint(user=self.leader, name="Late"))

    def test_t1_an_order_out_of_reach_cannot_be_handed_in(self):
        self.assertFalse(self._may(self.outsider, self._hand_in))

    def test_t1_the_salesman_hands_in_his_order(self):
        self.assertTrue(self._may(self.salesman, self._hand_in))

    def test_t1_a_foreign_salesman_does_not_learn_an_order_by_linking_it(self):
        self.clerk.group_ids -= self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.clerk.group_ids += self.env.ref("sales_team.group_sale_salesman")
        case = self.complaint()

        self.assertFalse(self._may(self.clerk, lambda user: self._write(case, user)))

    def _write(self, case, user):
        case.with_user(user).write({"order_id": self.order.id})

    def test_t1_the_phone_form_does_not_take_an_order_out_of_reach(self):
        context = {"active_model": "sale.order", "active_id": self.order.id}
        wizards = self.env["crm.complaint.phone"].with_user(self.outsider)

        self.assertNotIn("order_id", wizards.with_context(**context).default_get(["order_id"]))

    def test_t1_no_default_and_no_other_spelling_links_an_order_out_of_reach(self):
        complaints = self.env["crm.complaint"].with_user(self.leader)
        vals = {"name": "Late", "team_id": self.team.id}
        lead = self.env["crm.lead"].create({"name": "Deal", "user_id": self.salesman.id})
        self.env["ir.default"].set("crm.complaint", "lead_id", lead.id, user_id=self.leader.id)

        with self.assertRaises(AccessError):
            complaints.with_context(default_order_id=self.order.id).create(vals)
        with self.assertRaises(AccessError):
            complaints.create(vals)
        with self.assertRaisesRegex(UserError, "cannot be used"):
            complaints.create({**vals, "lead_id": False, "order_id": str(self.order.id)})

    def test_t1_the_phone_form_names_no_order_or_opportunity_out_of_reach(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "user_id": self.manager.id})
        forms = self.env["crm.complaint.phone"].with_user(self.outsider)
        blank = forms.create({"substance": "Late"})

        for values in ({"order_id": self.order.id}, {"lead_id": lead.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                forms.create(values)
            with self.subTest(values), self.assertRaises(AccessError):
                blank.write(values)

    def test_whoever_has_no_rights_on_orders_works_on_complaints(self):
        case = self.complaint(order_id=self.order.id).with_user(self.leader)

        case.write({"impact": "high", "order_id": False})
        made = case.create({"name": "Late", "team_id": self.team.id})

        self.assertEqual(case.impact, "high")
        self.assertTrue(made)

    def test_whoever_may_not_open_the_order_splits_the_complaint_all_the_same(self):
        complaint = self.complaint(order_id=self.order.id, user_id=self.leader.id)

        part = complaint.with_user(self.leader)._split({"name": "Broken, too"})

        self.assertEqual(part.order_id, self.order)

    def test_a_message_of_somebody_else_on_an_order_becomes_a_complaint(self):
        forwarder = self.env["res.partner"].create({"name": "Frank Forwarder"})
        message = self.order.message_post(body="Broken", author_id=forwarder.id)

        found = self.env["crm.complaint"].register_message(message.id)

        complaint = self.env["crm.complaint"].browse(found["id"])
        self.assertRecordValues(
            complaint,
            [
                {
                    "order_id": self.order.id,
                    "partner_id": forwarder.id,
                    "on_behalf_partner_id": self.customer.id,
                }
            ],
        )

    def test_t15_counters_show_only_complaints_one_sees(self):
        self.complaint(order_id=self.order.id)
        self.complaint(order_id=self.order.id, team_id=self.other_team.id, user_id=False)
        self.complaint(order_id=self.order.id, is_confidential=True, user_id=self.manager.id)

        self.manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        counts = [self.order.with_user(user).complaint_count for user in (self.clerk, self.manager)]

        self.assertEqual(counts, [1, 3])

    def test_t14_opening_the_order_checks_the_complaint(self):
        linked = self.complaint(order_id=self.order.id)
        self.colleague.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")

        with self.assertRaises(AccessError):
            linked.with_user(self.colleague).action_open_order()
