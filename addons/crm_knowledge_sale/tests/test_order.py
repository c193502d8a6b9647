from odoo.exceptions import AccessError

from .common import OrderCase


class TestOrder(OrderCase):
    """The open order is the query."""

    def _answers(self):
        return {one["title"]: one for one in self.mine.get_knowledge_answers()}

    def test_an_article_on_its_product_is_offered_without_a_word_in_common(self):
        self.assertEqual(self._answers()["Zebra"]["reasons"], ["Products"])

    def test_the_names_of_its_products_are_words_of_the_question(self):
        self.article(published=True, name="Changing the bulb of a quagga lamp")

        self.assertIn("Changing the bulb of a quagga lamp", self._answers())

    def test_what_the_customer_has_written_asks_too(self):
        self.article(published=True, name="Late deliveries", body="<p>The giraffe is late.</p>")
        self.assertNotIn("Late deliveries", self._answers())

        self.order.message_post(
            body="Where is my giraffe?",
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

        self.assertIn("Late deliveries", self._answers())

    def test_order_and_salesperson_are_filled_in(self):
        answer = self.mine.preview_knowledge_answer(self.on_lamp.id)

        self.assertEqual(
            answer["text"],
            f"Dear Kim Customer, for {self.order.name} ask Sam Seller, +7 495 1.",
        )
        self.assertFalse(answer["missing"])

    def test_what_is_copied_from_an_order_counts(self):
        self.mine.copy_knowledge_answer(self.on_lamp.id)

        use = self.env["crm.knowledge.use"].search([("res_model", "=", "sale.order")])
        self.assertRecordValues(use, [{"res_id": self.order.id, "state": "copied"}])

    def test_an_article_written_from_an_order_is_linked_to_its_products(self):
        action = self.mine.action_capture_knowledge()
        capture = self.env["crm.knowledge.capture"].with_user(self.seller).browse(action["res_id"])
        capture.write({"title": "Care", "question": "How?", "answer": "With a cloth."})
        capture.action_check()

        made = capture.action_create_article()

        article = self.env["crm.knowledge.article"].browse(made["res_id"])
        self.assertEqual(article.product_ids, self.lamp)

    def test_t20_the_number_of_the_order_is_taken_out_of_what_is_written_down(self):
        self.order.message_post(
            body=f"When does {self.order.name} arrive?",
            author_id=self.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )

        action = self.mine.action_capture_knowledge()

        capture = self.env["crm.knowledge.capture"].with_user(self.seller).browse(action["res_id"])
        self.assertNotIn(self.order.name, capture.question)

    def test_t1_an_order_out_of_reach_gives_no_answers(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.reader).get_knowledge_answers()

    def test_t21_an_article_out_of_reach_is_not_offered(self):
        self.on_lamp.category_id = self.secret

        self.assertNotIn("Zebra", self._answers())
