from odoo.fields import Command

from odoo.addons.crm_knowledge.tests.common import KnowledgeCase


class OrderCase(KnowledgeCase):
    """A salesman's order of a lamp, and an article on the lamp."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._make_users(
            ("ksl_seller", "Sam Seller", "sales_team.group_sale_salesman"), phone="+7 495 1"
        )
        cls.customer = cls.env["res.partner"].create(
            {"name": "Kim Customer", "email": "ksl_kim@example.com", "lang": "en_US"}
        )
        cls.lamp, cls.desk = cls.env["product.template"].create(
            [{"name": "Quagga Lamp", "list_price": 20}, {"name": "Okapi Desk", "list_price": 100}]
        )
        cls.order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": cls.seller.id,
                "order_line": [Command.create({"product_id": cls.lamp.product_variant_id.id})],
            }
        )
        cls.mine = cls.order.with_user(cls.seller)
        cls.on_lamp = cls.article(
            published=True,
            name="Zebra",
            summary="",
            body="<p>Dear {{ customer }}, for {{ order }} ask {{ salesperson }},"
            " {{ salesperson_phone }}.</p>",
            product_ids=[Command.set(cls.lamp.ids)],
        )
