from freezegun import freeze_time
from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import KnowledgeCase

ANSWER = (
    "<h2>Question</h2><p>Can I send the desk back?</p>"
    "<h2>Answer</h2><p>Dear {{ customer }}, within fourteen days you may return whatever was not"
    " used, with the invoice. {{ unknown_place }}</p>"
    "<h2>If that does not help</h2><p>Call the boss.</p>"
)


class AnswerCase(KnowledgeCase):
    """An opportunity whose customer asks for a refund, and an article that answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._make_users(("knw_seller", "Sam Seller", "sales_team.group_sale_salesman"))
        cls.customer = cls.env["res.partner"].create(
            {"name": "Kim <b>Customer</b>", "email": "knw_kim@example.com", "lang": "en_US"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Wants to return a desk",
                "type": "opportunity",
                "partner_id": cls.customer.id,
                "user_id": cls.seller.id,
            }
        )
        cls.answer = cls.article(
            published=True, name="Returning a desk", summary="Within 14 days.", body=ANSWER
        )
        cls.mine = cls.lead.with_user(cls.seller)

    def _titles(self, query=""):
        return [answer["title"] for answer in self.mine.get_knowledge_answers(query)]

    def _uses(self):
        return self.env["crm.knowledge.use"].search([("res_id", "=", self.lead.id)])


class TestFitting(AnswerCase):
    """The open record is the query."""

    def test_the_words_of_the_record_find_the_answer(self):
        self.assertIn("Returning a desk", self._titles())

    def test_what_is_linked_to_the_stage_is_offered_without_a_word_in_common(self):
        self.article(
            published=True,
            name="Zebra",
            summary="",
            body="<p>Zebra</p>",
            stage_ids=[Command.set(self.lead.stage_id.ids)],
        )

        answers = {one["title"]: one for one in self.mine.get_knowledge_answers()}

        self.assertEqual(answers["Zebra"]["reasons"], ["Stages"])

    def test_what_a_person_types_is_what_is_searched(self):
        self.article(published=True, name="Opening hours", body="<p>From nine to five</p>")

        self.assertEqual(self._titles("opening hours"), ["Opening hours"])

    def test_signs_in_a_record_are_no_orders_to_the_search(self):
        self.lead.name = 'Wants -return "of the green elephant" desk'

        self.assertIn("Returning a desk", self._titles())

    def test_the_answer_is_offered_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("ru_RU")
        russian = self.article(
            published=True, name="Возврат стола", lang="ru_RU", translation_of_id=self.answer.id
        )
        self.customer.lang = "ru_RU"
        self.lead.lang_id = self.env["res.lang"]._get_data(code="ru_RU").id

        answers = self.mine.get_knowledge_answers()

        self.assertIn(russian.id, [one["id"] for one in answers])
        self.assertNotIn(self.answer.id, [one["id"] for one in answers])

    def test_an_answer_not_for_everybody_says_so(self):
        self.article(
            published=True,
            name="Returning a desk quietly",
            access="limited",
            reader_user_ids=[Command.set(self.seller.ids)],
        )

        answers = {one["title"]: one for one in self.mine.get_knowledge_answers()}

        self.assertTrue(answers["Returning a desk quietly"]["is_limited"])
        self.assertFalse(answers["Returning a desk"]["is_limited"])

    def test_t21_nothing_is_offered_that_the_user_may_not_read(self):
        self.article(
            published=True,
            name="Returning a desk in secret",
            category_id=self.vault.id,
            stage_ids=[Command.set(self.lead.stage_id.ids)],
        )

        self.assertNotIn("Returning a desk in secret", self._titles())

    def test_t1_nobody_asks_with_a_record_one_may_not_read(self):
        for method in ("get_knowledge_answers", "action_send_knowledge_answer"):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.lead.with_user(self.reader), method)(self.answer.id)

    def test_t5_garbage_is_answered(self):
        for query in (None, 5, ["x"], {}, "\x00", "-" * 5000, '"'):
            with self.subTest(query=query):
                self.assertIsInstance(self.mine.get_knowledge_answers(query), list)
        for article_id in (None, "1", 0, -1, 2**40, True, [1], self.article().id):
            with self.subTest(article_id=article_id), self.assertRaisesRegex(UserError, "another"):
                self.mine.preview_knowledge_answer(article_id)


class TestSending(AnswerCase):
    """One click puts the answer into a message; once sent it counts."""

    def _send(self, body=None):
        action = self.mine.action_send_knowledge_answer(self.answer.id)
        body = action["context"]["default_body"] if body is None else body
        return self.mine.message_post(body=Markup(body), message_type="comment")

    def test_the_section_is_sent_with_its_places_filled(self):
        answer = self.mine.preview_knowledge_answer(self.answer.id)

        self.assertIn("Dear Kim &lt;b&gt;Customer&lt;/b&gt;, within", answer["html"])
        self.assertNotIn("Call the boss", answer["html"])
        self.assertEqual(answer["missing"], ["unknown_place"])

    def test_t7_an_answer_is_no_template(self):
        self.answer.body = '<p>{{ object.name }} <span t-out="user.login">x</span></p>'

        html = self.mine.preview_knowledge_answer(self.answer.id)["html"]

        self.assertIn("{{ object.name }}", html)
        self.assertNotIn("t-out", html)

    def test_without_such_a_section_the_whole_text_is_sent(self):
        self.answer.body = "<p>Just send it</p>"

        answer = self.mine.preview_knowledge_answer(self.answer.id)

        self.assertEqual(answer["text"], "Just send it")

    def test_the_page_of_a_public_article_is_linked(self):
        self.assertNotIn("href", self.mine.preview_knowledge_answer(self.answer.id)["html"])
        self.answer.publicity = "public"

        html = self.mine.preview_knowledge_answer(self.answer.id)["html"]

        self.assertIn(f'href="{self.answer.get_base_url()}/knowledge/', html)

    def test_the_message_goes_to_the_customer(self):
        context = self.mine.action_send_knowledge_answer(self.answer.id)["context"]

        self.assertIn(self.customer.id, context["default_partner_ids"])
        self.assertEqual(context["default_res_ids"], self.lead.ids)

    def test_what_is_sent_counts(self):
        message = self._send()

        self.assertRecordValues(
            self._uses(),
            [
                {
                    "state": "sent",
                    "article_id": self.answer.id,
                    "version": 1,
                    "user_id": self.seller.id,
                    "owner_id": self.author.id,
                    "team_id": self.lead.team_id.id,
                    "message_id": message.id,
                }
            ],
        )
        self.assertEqual(self.answer.use_count, 1)

    def test_what_was_thrown_away_does_not_count(self):
        self._send(body="<p>We call you tomorrow</p>")

        self.assertEqual(self._uses().state, "inserted")
        self.assertEqual(self.answer.use_count, 0)

    def test_what_was_put_into_a_message_twice_is_sent_once(self):
        self.mine.action_send_knowledge_answer(self.answer.id)
        self._send()

        self.assertEqual(self._uses().mapped("state"), ["sent"])

    def test_what_was_never_sent_is_forgotten(self):
        self.mine.action_send_knowledge_answer(self.answer.id)
        self._uses()._sealed_write({"date": "2020-01-01 00:00:00"})

        self.env["crm.knowledge.use"]._gc_never_sent()

        self.assertFalse(self._uses())

    def test_what_is_copied_counts(self):
        text = self.mine.copy_knowledge_answer(self.answer.id)["text"]

        self.assertIn("within fourteen days", text)
        self.assertEqual(self._uses().state, "copied")

    def test_t18_what_is_copied_again_counts_once(self):
        self.mine.copy_knowledge_answer(self.answer.id)
        self.mine.copy_knowledge_answer(self.answer.id)

        self.assertEqual(len(self._uses()), 1)

    def _send_linked(self):
        """Send the answer with a link to its page; return the token of the link."""
        self.answer.publicity = "public"
        body = self._send().body
        self.assertIn(f"?answer={self._uses().token}", body)
        return self._uses().token

    def test_the_page_of_a_sent_answer_tells_once_that_it_is_read(self):
        token = self._send_linked()
        uses = self.env["crm.knowledge.use"].with_user(self.outsider)

        uses._note_opened(token)

        opened = self._uses().date_opened
        self.assertTrue(opened)
        self.assertFalse(self._uses().token)
        with freeze_time("2040-01-01"):
            uses._note_opened(token)
        self.assertEqual(self._uses().date_opened, opened)

    def test_what_employees_read_is_not_read_by_the_customer(self):
        token = self._send_linked()

        self.env["crm.knowledge.use"].with_user(self.reader)._note_opened(token)

        self.assertFalse(self._uses().date_opened)

    def test_what_was_not_sent_is_not_read(self):
        self.answer.publicity = "public"
        self.mine.action_send_knowledge_answer(self.answer.id)

        self.env["crm.knowledge.use"].with_user(self.outsider)._note_opened(self._uses().token)

        self.assertFalse(self._uses().date_opened)

    def test_t2_the_link_of_a_use_is_read_by_nobody(self):
        self._send_linked()

        for user in (self.seller, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._uses().with_user(user).read(["token"])

    def test_t2_an_old_link_tells_nothing_any_more(self):
        self._send_linked()
        self._uses()._sealed_write({"date": "2020-01-01 00:00:00"})

        self.env["crm.knowledge.use"]._gc_links()

        self.assertFalse(self._uses().token)

    def test_who_may_not_write_on_the_record_copies(self):
        self.env["ir.rule"].create(
            {
                "name": "Look only",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "domain_force": "[('name', '!=', 'Wants to return a desk')]",
                "perm_read": False,
            }
        )
        answers = self.mine.get_knowledge_answers()

        self.assertEqual({one["can_send"] for one in answers}, {False})
        with self.assertRaisesRegex(UserError, "Copy the answer"):
            self.mine.action_send_knowledge_answer(self.answer.id)

    def test_nobody_adds_to_the_uses(self):
        self._send()

        for user in (self.seller, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._uses().with_user(user).write({"state": "copied"})
            with self.assertRaises(AccessError):
                self.env["crm.knowledge.use"].with_user(user).create([{}])

    def test_t21_uses_are_seen_by_who_used_who_owns_and_editors(self):
        self._send()

        seen = {
            user.login: bool(self._uses().with_user(user).search([]) & self._uses())
            for user in (self.seller, self.author, self.editor, self.reader)
        }

        self.assertEqual(
            seen,
            {"knw_seller": True, "knw_author": True, "knw_editor": True, "knw_reader": False},
        )


class TestOpinion(AnswerCase):
    """Helpful or not, and why not."""

    def test_a_reader_says_why_it_did_not_help_and_may_think_again(self):
        read = self.answer.with_user(self.reader)

        read.rate(False, "unclear", "Which invoice?")
        read.rate(False, "outdated", "14 or 30 days?")

        opinion = self.answer.opinion_ids
        self.assertRecordValues(
            opinion,
            [{"is_helpful": False, "reason": "outdated", "user_id": self.reader.id, "version": 1}],
        )

    def test_the_share_that_was_helped_is_shown(self):
        self.answer.with_user(self.reader).rate(True)
        self.answer.with_user(self.member).rate(True)
        self.answer.with_user(self.leader).rate(False, "wrong")

        self.assertEqual(self.answer.opinion_count, 3)
        self.assertAlmostEqual(self.answer.helpful_percent, 66.7, 1)

    def test_t4_nobody_speaks_for_another(self):
        with self.assertRaises(AccessError):
            self.env["crm.knowledge.opinion"].with_user(self.manager).create(
                {"article_id": self.answer.id, "user_id": self.reader.id, "is_helpful": True}
            )

    def test_t5_garbage_reasons_are_dropped(self):
        self.answer.with_user(self.reader).rate("no", 5, 7)
        self.answer.with_user(self.member).rate(0, "no such reason", ["x"])

        self.assertEqual(self.answer.opinion_ids.mapped("reason"), [False, False])
