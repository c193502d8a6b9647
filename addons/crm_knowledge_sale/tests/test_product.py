from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import OrderCase


class TestProduct(OrderCase):
    """What an article says of a product is doubted when the product changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.on_desk = cls.article(
            published=True, name="Desk", product_ids=[Command.set(cls.desk.ids)]
        )
        cls.pricelist = cls.env["product.pricelist"].create({"name": "Quagga prices"})

    def _item(self, **values):
        return self.env["product.pricelist.item"].create(
            {
                "pricelist_id": self.pricelist.id,
                "applied_on": "1_product",
                "product_tmpl_id": self.lamp.id,
                "compute_price": "fixed",
                "fixed_price": 10,
                **values,
            }
        )

    def _trust_again(self):
        self.on_lamp.action_verify()
        self.assertEqual(self.on_lamp.state, "published")

    def test_each_change_of_what_articles_speak_of_doubts_them(self):
        changes = {
            "name": "Quagga Lamp II",
            "list_price": 21,
            "description_sale": "Now with a switch",
            "sale_ok": False,
            "active": False,
        }
        for name, value in changes.items():
            with self.subTest(field=name):
                self.lamp[name] = value
                self.assertEqual(self.on_lamp.state, "to_verify")
                self._trust_again()
        self.assertEqual(self.on_desk.state, "published")

    def test_the_owner_is_asked_and_the_history_says_why(self):
        self.lamp.list_price = 25

        self.assertEqual(self.on_lamp.activity_ids.user_id, self.author)
        self.assertIn("“Quagga Lamp” has changed: Sales Price", self.on_lamp.message_ids[0].body)

    def test_the_same_price_again_doubts_nothing(self):
        self.lamp.write({"list_price": 20, "name": "Quagga Lamp"})

        self.assertEqual(self.on_lamp.state, "published")

    def test_a_price_of_a_variant_is_that_of_the_product(self):
        self.lamp.product_variant_id.lst_price = 30

        self.assertEqual(self.on_lamp.state, "to_verify")

    def test_a_pricelist_that_names_the_product_doubts_when_it_comes_changes_and_goes(self):
        item = self._item()
        self.assertEqual(self.on_lamp.state, "to_verify")
        self._trust_again()

        item.fixed_price = 9
        self.assertEqual(self.on_lamp.state, "to_verify")
        self._trust_again()

        item.product_tmpl_id = self.desk
        self.assertEqual((self.on_lamp | self.on_desk).mapped("state"), ["to_verify"] * 2)
        self._trust_again()
        item.product_tmpl_id = self.lamp
        self._trust_again()

        item.unlink()
        self.assertEqual(self.on_lamp.state, "to_verify")

    def test_a_discount_for_everything_doubts_nothing(self):
        self._item(applied_on="3_global", product_tmpl_id=False, fixed_price=1)

        self.assertEqual(self.on_lamp.state, "published")

    def test_whoever_changes_a_price_need_not_read_the_article(self):
        self.on_lamp.category_id = self.vault
        keeper = new_test_user(self.env, "ksl_keeper", "product.group_product_manager")

        self.lamp.with_user(keeper).list_price = 40

        self.assertEqual(self.on_lamp.state, "to_verify")

    def test_a_draft_is_not_doubted(self):
        draft = self.article(product_ids=[Command.set(self.lamp.ids)])

        self.lamp.list_price = 50

        self.assertEqual(draft.state, "draft")

    def test_t21_a_product_counts_only_articles_one_may_read(self):
        self.assertEqual(self.lamp.with_user(self.reader).knowledge_article_count, 1)

        self.on_lamp.category_id = self.vault
        self.lamp.invalidate_recordset(["knowledge_article_count"])

        self.assertEqual(self.lamp.with_user(self.reader).knowledge_article_count, 0)
        domain = self.lamp.with_user(self.reader).action_view_articles()["domain"]
        articles = self.env["crm.knowledge.article"].with_user(self.reader)
        self.assertFalse(articles.search(domain))

    def test_only_those_who_set_up_an_article_link_products(self):
        with self.assertRaises(UserError):
            self.on_lamp.with_user(self.colleague).product_ids = self.desk
        with self.assertRaises(AccessError):
            self.on_lamp.with_user(self.reader).product_ids = self.desk

        self.on_lamp.with_user(self.author).product_ids = self.desk

        self.assertEqual(self.on_lamp.product_ids, self.desk)

    def test_t15_a_product_of_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Okapi Ltd"})
        self.on_lamp.company_id = self.env.company
        self.desk.company_id = other

        with self.assertRaises(UserError):
            self.on_lamp.product_ids = self.desk
