from odoo.fields import Command

from odoo.addons.crm_complaints.tests.common import ComplaintsCase


class OrdersCase(ComplaintsCase):
    """The customer has ordered two products of a salesman; a stranger has an order, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cabinet, cls.lamp = cls.env["product.product"].create(
            [{"name": "Test Cabinet", "list_price": 100}, {"name": "Test Lamp", "list_price": 20}]
        )
        cls.stranger = cls.env["res.partner"].create({"name": "Stranger Ltd", "is_company": True})
        cls.order = cls._make_order(cls.customer)
        cls.cabinet_line, cls.lamp_line = cls.order.order_line
        cls.foreign_order = cls._make_order(cls.stranger)
        # a clerk who also sells sees orders, as a salesman does: his own
        cls.clerk.group_ids += cls.env.ref("sales_team.group_sale_salesman_all_leads")

    @classmethod
    def _make_order(cls, partner, **values):
        products = cls.cabinet | cls.lamp
        return cls.env["sale.order"].create(
            {
                "partner_id": partner.id,
                "user_id": cls.salesman.id,
                "order_line": [Command.create({"product_id": one.id}) for one in products],
                **values,
            }
        )
