"""What is found, and by whom."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import KnowledgeCase


class SearchCase(KnowledgeCase):
    """Published articles in both languages, one of them confidential."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.knowledge.article"].search([]).action_archive()
        cls.discounts = cls.make_article(
            "Скидки постоянным клиентам",
            "Скидка даётся с третьего заказа.",
            "<p>Менеджер филиала согласует скидку с руководителем. Код акции KX-1234.</p>",
        )
        cls.delivery = cls.make_article(
            "Delivery of orders", "Two days.", "<p>The courier brings the parcels to the door.</p>"
        )
        cls.salaries = cls.make_article(
            "Оклады руководства",
            "Премия зависит от выручки.",
            "<p>Зарплата Вартанесяна</p>",
            category_id=cls.vault.id,
        )
        cls.env["crm.knowledge.index.change"]._count_batch()

    @classmethod
    def make_article(cls, name, summary, body, **values):
        return cls.article(published=True, name=name, summary=summary, body=body, **values)

    @classmethod
    def found(cls, query, user=None, **options):
        articles = cls.env["crm.knowledge.article"].with_user(user or cls.reader)
        return [hit["id"] for hit in articles.search_articles(query, **options)]


@tagged("post_install", "-at_install")
class TestSearchArticles(SearchCase):
    def test_any_form_of_a_word_finds_an_article(self):
        for query in ("скидок", "СКИДКАМИ", "филиалам", "согласовать", "руководители"):
            with self.subTest(query):
                self.assertEqual(self.found(query), self.discounts.ids)
        self.assertEqual(self.found("parcel bringing"), self.delivery.ids)
        self.assertEqual(self.found("brought"), self.delivery.ids)

    def test_a_word_of_the_same_root_brings_an_article_up(self):
        said = self.make_article("Налоги", "", "<p>Налог удерживают у источника.</p>")
        self.make_article("Налоги филиалов", "", "<p>Налог платят по месту учёта.</p>")

        self.assertEqual(self.found("удержание налога")[0], said.id)

    def test_a_word_of_the_same_root_alone_is_no_answer(self):
        self.make_article("Налоги", "", "<p>Налог удерживают у источника.</p>")

        self.assertEqual(self.found("удержание"), [])

    def test_the_job_reads_what_was_read_by_other_rules(self):
        index = self.env["crm.knowledge.index"]
        kept = index.search([("article_id", "in", (self.discounts | self.delivery).ids)])
        kept.signature = "0"
        index.flush_model()
        self.env.cr.execute("UPDATE crm_knowledge_index SET terms = '{}' WHERE signature = '0'")
        self.assertEqual(self.found("скидка"), [])

        with self.enter_registry_test_mode():
            self.env.ref("crm_knowledge.crm_knowledge_index_cron").method_direct_trigger()

        self.assertEqual(self.found("скидка"), self.discounts.ids)
        self.assertFalse(index._get_unread())

    def test_a_code_is_found_in_any_writing(self):
        for query in ("KX-1234", "kx1234", "KX 1234", "кх-1234", "1234"):
            with self.subTest(query):
                self.assertEqual(self.found(query), self.discounts.ids)

    def test_the_other_layout_of_the_keyboard_is_understood_and_said(self):
        hit = self.env["crm.knowledge.article"].search_articles("crblrf")[0]

        self.assertEqual(hit["id"], self.discounts.id)
        self.assertEqual(hit["corrected"], "скидка")

    def test_a_typo_is_understood_and_said(self):
        hit = self.env["crm.knowledge.article"].search_articles("curier")[0]

        self.assertEqual((hit["id"], hit["corrected"]), (self.delivery.id, "courier"))

    def test_phrases_and_unwanted_words_are_obeyed(self):
        self.assertEqual(self.found('"постоянным клиентам"'), self.discounts.ids)
        self.assertEqual(self.found('"клиентам постоянным"'), [])
        self.assertEqual(self.found("скидка -акция"), [])

    def test_what_was_saved_is_found_by_the_next_query(self):
        article = self.make_article("Гарантийный ремонт", "", "<p>Срок ремонта</p>")
        self.assertEqual(self.found("ремонты"), article.ids)

        article.sudo().body = "<p>Иное</p>"
        article.sudo().name = "Прочее"

        self.assertEqual(self.found("ремонты"), [])

    def test_synonyms_find_an_article(self):
        self.env["crm.knowledge.synonym"].create({"name": "посылочник, courier"})

        self.assertEqual(self.found("посылочник"), self.delivery.ids)

    def test_a_promoted_answer_comes_first_and_says_so(self):
        self.env["crm.knowledge.promotion"].create(
            {"name": "скидка заказ", "article_id": self.delivery.id}
        )

        hits = self.env["crm.knowledge.article"].search_articles("заказы и скидки")

        self.assertEqual([hit["id"] for hit in hits], [self.delivery.id, self.discounts.id])
        self.assertIn("promoted", hits[0]["reasons"])
        self.assertGreater(hits[0]["score"], hits[1]["score"])

    def test_an_unverified_article_sinks_and_says_so(self):
        old = self.make_article(
            "Скидки постоянным клиентам", "Скидка даётся с третьего заказа.", ""
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_knowledge_article SET state = 'to_verify' WHERE id = %s", [old.id]
        )
        old.invalidate_recordset()

        hits = self.env["crm.knowledge.article"].search_articles("скидки постоянным")

        self.assertEqual([hit["id"] for hit in hits], [self.discounts.id, old.id])
        self.assertIn("unverified", hits[1]["reasons"])

    def test_a_snippet_marks_what_was_found_and_escapes_the_rest(self):
        self.make_article("Tags", "", "<p>Write &lt;script&gt;alert(1)&lt;/script&gt; nowhere</p>")

        hit = self.env["crm.knowledge.article"].search_articles("nowhere")[0]

        self.assertIn("<mark>nowhere</mark>", hit["snippet"])
        self.assertNotIn("<script", hit["snippet"])

    def test_a_list_is_filtered_by_text_beside_other_filters(self):
        articles = self.env["crm.knowledge.article"].with_user(self.reader)

        self.assertEqual(
            articles.search([("search_text", "ilike", "скидок филиала")]), self.discounts
        )
        self.assertFalse(
            articles.search([("search_text", "ilike", "скидок"), ("lang", "=", "xx_XX")])
        )
        self.assertNotIn(self.discounts, articles.search([("search_text", "not ilike", "скидок")]))

    def test_a_picker_offers_what_is_found_by_its_text(self):
        names = self.env["crm.knowledge.article"].name_search("курьеры parcels")
        self.assertEqual([article_id for article_id, _name in names], self.delivery.ids)

    def test_titles_are_offered_as_one_types(self):
        offered = self.env["crm.knowledge.article"].suggest_titles("постоянным кл")
        self.assertEqual([one["id"] for one in offered], self.discounts.ids)

    def test_attachments_are_searched(self):
        self.env["ir.attachment"].create(
            {
                "name": "tariff.txt",
                "raw": b"palletizing surcharge",
                "res_model": "crm.knowledge.article",
                "res_id": self.delivery.id,
            }
        )
        self.assertEqual(self.found("surcharges"), self.delivery.ids)

    def test_t5_garbage_is_answered(self):
        articles = self.env["crm.knowledge.article"].with_user(self.reader)
        garbage = [
            "", " ", "a", "и", "как что где", "x" * 10_000, "слово " * 2_000, "😀🎉", "שלום عليكم",
            "'; DROP TABLE crm_knowledge_article; --", "a & b | !c <-> d:*", "скидкa", "%_\\",
            '"', '""', "-", '-"', "\x00", "\ud800", "()[]{}", None, 5, [], {}, ["скидка"], True,
        ]  # fmt: skip
        for query in garbage:
            with self.subTest(str(query)[:20].encode("ascii", "replace")):
                self.assertIsInstance(articles.search_articles(query), list)
                self.assertIsInstance(articles.suggest_titles(query), list)
        for text in garbage[:20]:
            articles.search([("search_text", "ilike", text)], limit=1)
        for limit in (0, -1, 10**9, "x", None, [], 1.5, True):
            self.assertLessEqual(len(articles.search_articles("скидка", limit=limit)), 100)

    def test_t5_a_domain_that_cannot_be_read_is_named(self):
        articles = self.env["crm.knowledge.article"].with_user(self.reader)
        for domain in ("x", [("nope", "=", 1)], [5], {"a": 1}, [("name",)], 7):
            with self.subTest(str(domain)), self.assertRaises(UserError):
                articles.search_articles("скидка", domain=domain)

    def test_a_text_of_five_megabytes_is_saved_and_found(self):
        self.make_article("Huge", "", f"<p>{'слово дело ' * 250_000}</p>")

        self.assertIn(
            "Huge",
            [
                one["title"]
                for one in self.env["crm.knowledge.article"].search_articles("дела huge")
            ],
        )


@tagged("post_install", "-at_install")
class TestSearchLeaks(SearchCase):
    def test_t21_hidden_articles_are_found_by_their_readers_only(self):
        self.assertEqual(self.found("оклады", self.leader), self.salaries.ids)
        self.assertEqual(self.found("оклады"), [])
        self.assertEqual(self.found("оклады", domain=[("id", ">", 0)]), [])
        for user in (self.reader, self.manager):
            articles = self.env["crm.knowledge.article"].with_user(user)
            self.assertFalse(articles.search([("search_text", "ilike", "оклады")]))
            self.assertFalse(articles.suggest_titles("оклад"))
            self.assertFalse(articles.name_search("премия"))

    def test_t21_no_word_of_a_hidden_article_is_suggested(self):
        typo = "Вартанесяан"

        theirs = self.env["crm.knowledge.article"].with_user(self.leader).search_articles(typo)
        ours = self.env["crm.knowledge.article"].with_user(self.reader).search_articles(typo)

        self.assertEqual(theirs[0]["corrected"], "вартанесяна")
        self.assertEqual(ours, [])

    def test_t21_a_promotion_shows_no_hidden_article(self):
        self.env["crm.knowledge.promotion"].create(
            {"name": "скидка", "article_id": self.salaries.id}
        )

        self.assertEqual(self.found("скидка"), self.discounts.ids)
        self.assertEqual(self.found("скидка", self.leader)[0], self.salaries.id)
        self.assertFalse(self.env["crm.knowledge.promotion"].with_user(self.editor).search([]))

    def test_t21_a_hidden_article_takes_no_place_from_those_one_may_read(self):
        for number in range(5):
            self.make_article(f"Скидка {number}", "", "", category_id=self.vault.id)

        self.assertEqual(self.found("скидка", limit=1), self.discounts.ids)

    def test_t15_statistics_are_closed_to_everybody(self):
        for name in ("index", "index.change", "term", "word"):
            for user in (self.reader, self.editor, self.manager):
                with self.subTest(name, user=user.name):
                    self.assertFalse(
                        self.env[f"crm.knowledge.{name}"].with_user(user).has_access("read")
                    )

    def test_t14_synonyms_and_promotions_are_kept_by_editors(self):
        values = {
            "crm.knowledge.synonym": {"name": "one, two"},
            "crm.knowledge.promotion": {"name": "one", "article_id": self.delivery.id},
        }
        for name, vals in values.items():
            for user, may in ((self.reader, False), (self.author, False), (self.editor, True)):
                with self.subTest(name, user=user.name):
                    model = self.env[name].with_user(user)
                    self.assertEqual(model.has_access("create"), may)
            self.assertTrue(self.env[name].with_user(self.editor).create(vals).unlink())
