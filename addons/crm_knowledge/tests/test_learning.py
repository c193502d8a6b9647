from datetime import timedelta

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Date
from odoo.tests import new_test_user

from .test_answers import AnswerCase


class LearningCase(AnswerCase):
    """Questions that were asked, and a gap that came of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.queries = cls.env["crm.knowledge.query"]
        cls.gaps = cls.env["crm.knowledge.gap"]

    def _ask(self, text, user=None):
        return self.queries.with_user(user or self.reader).note_search(text)

    def _age(self):
        """Have one of the questions asked yesterday."""
        asked = self.queries.search([], order="id desc", limit=1)
        asked.date = Date.today() - timedelta(days=1)

    def _gap(self, text="zebra crossing", times=3):
        for _time in range(times):
            self._ask(text)
        self._age()
        self.gaps._cron_find()
        return self.gaps.search([("name", "=", text)])


class TestQuery(LearningCase):
    """What is asked is kept, and who has asked is not."""

    def test_t20_nothing_tells_who_has_asked_or_of_whom(self):
        self._ask("refund for kim@mail.example.com, phone +7 495 123-45-67")

        asked = self.queries.search([("key", "!=", False)], order="id desc", limit=1)
        self.assertNotIn("kim", asked.text)
        self.assertNotIn("495", asked.text)
        self.assertFalse({"create_uid", "create_date", "write_uid"} & set(self.queries._fields))

    def test_t20_nobody_reads_the_log(self):
        for user in (self.reader, self.editor, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.queries.with_user(user).search([])

    def test_most_words_of_a_question_must_be_found(self):
        self._ask("returning desk")
        self._ask("returning zebra crossing lights")

        asked = self.queries.search([], order="id desc", limit=2)
        self.assertEqual(asked.sorted("id").mapped("is_hit"), [True, False])

    def test_what_is_opened_is_kept_once(self):
        token = self._ask("returning desk")

        self.queries.with_user(self.reader).note_opened(token)

        asked = self.queries.search([], order="id desc", limit=1)
        self.assertTrue(asked.is_opened)
        self.assertFalse(asked.token)

    def test_t5_garbage_is_kept_out(self):
        for text in (None, 5, ["x"], "", "?!", "\x00", "the"):
            with self.subTest(text=text):
                self.assertEqual(self._ask(text), "")
        self.queries.with_user(self.reader).note_opened(["x"])

    def test_old_questions_are_forgotten(self):
        self._ask("zebra crossing")
        asked = self.queries.search([], order="id desc", limit=1)
        asked.date = Date.today() - timedelta(days=365)
        asked.flush_recordset()

        self.queries._gc_old()

        self.assertFalse(asked.exists())


class TestGap(LearningCase):
    """What is asked in vain becomes a list of what to write."""

    def test_a_question_asked_in_vain_several_times_is_a_gap(self):
        gap = self._gap()

        self.assertRecordValues(
            gap, [{"state": "open", "missed_count": 3, "without_hit_count": 3, "unopened_count": 0}]
        )

    def test_what_was_found_and_not_opened_is_a_gap(self):
        gap = self._gap("returning desk")

        self.assertEqual((gap.without_hit_count, gap.unopened_count), (0, 3))

    def test_t20_a_question_of_few_is_not_shown(self):
        self.assertFalse(self._gap("zebra crossing", times=2))

    def test_t20_a_question_of_one_day_is_not_shown(self):
        for _time in range(5):
            self._ask("zebra crossing")

        self.gaps._cron_find()

        self.assertFalse(self.gaps.search([("name", "=", "zebra crossing")]))

    def test_what_is_mostly_opened_is_no_gap(self):
        reader = self.queries.with_user(self.reader)
        for _time in range(4):
            reader.note_opened(self._ask("returning desk"))

        self.assertFalse(self._gap("returning desk"))

    def test_two_runs_give_the_result_of_one(self):
        gap = self._gap()

        self.gaps._cron_find()

        self.assertEqual(self.gaps.search([("key", "=", gap.key)]), gap)
        self.assertEqual(gap.missed_count, 3)

    def test_a_published_answer_closes_the_gap_and_new_questions_open_it(self):
        gap = self._gap()
        action = gap.with_user(self.author).action_write()
        capture = self.env["crm.knowledge.capture"].with_user(self.author).browse(action["res_id"])
        capture.answer = "Lights are switched on at dusk."
        capture.action_check()
        capture.action_create_article()
        self.assertEqual((gap.state, gap.user_id), ("in_work", self.author))

        gap.article_id._publish()
        self.assertEqual(gap.state, "answered")

        self.queries.search([("key", "=", gap.key)], limit=2).date = Date.today() + timedelta(
            days=1
        )
        self.gaps._cron_find()
        self.assertEqual(gap.state, "open")

    def test_t21_a_gap_names_its_answer_to_whoever_may_read_that(self):
        gap = self._gap()
        hidden = self.article(name="Quokka plans", category_id=self.vault.id)
        shown = self.article(name="Zebra lights")

        for article, seen in ((hidden, False), (shown, True)):
            with self.subTest(article=article.name):
                gap.article_id = article
                gap.invalidate_recordset()
                (row,) = gap.with_user(self.colleague).web_read(
                    {"answer_id": {"fields": {"display_name": {}}}}
                )
                self.assertFalse(row["answer_id"])
                (row,) = gap.with_user(self.editor).web_read(
                    {"answer_id": {"fields": {"display_name": {}}}}
                )
                self.assertEqual(bool(row["answer_id"]), seen)
                with self.assertRaises(AccessError):
                    gap.with_user(self.editor).read(["article_id"])

    def test_readers_see_no_gaps_and_authors_change_them_by_buttons_only(self):
        gap = self._gap()

        with self.assertRaises(AccessError):
            gap.with_user(self.reader).action_dismiss()
        with self.assertRaises(AccessError):
            gap.with_user(self.author).state = "answered"
        gap.with_user(self.author).action_dismiss()
        self.assertEqual(gap.state, "dismissed")
        with self.assertRaisesRegex(UserError, "Reopen"):
            gap.with_user(self.author).action_dismiss()


class TestCapture(LearningCase):
    """A solved question becomes an article, and nobody is recognized in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.name = "Kim Customer"
        cls.asked = cls.lead.message_post(
            body=Markup("<p>Can I send the lamp back? Call Kim at +7 495 123-45-67</p>"),
            author_id=cls.customer.id,
            message_type="email",
            subtype_xmlid="mail.mt_comment",
        )
        cls.lead.with_user(cls.seller).message_post(
            body=Markup("<p>Dear Kim, yes, with the invoice.</p>"),
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )

    def _capture(self, action):
        return self.env["crm.knowledge.capture"].with_user(self.seller).browse(action["res_id"])

    def _make(self, capture):
        capture.action_check()
        action = capture.action_create_article()
        return self.env["crm.knowledge.article"].browse(action["res_id"])

    def test_t20_what_is_personal_is_taken_out_and_shown(self):
        capture = self._capture(self.mine.action_capture_knowledge())

        self.assertEqual(capture.question, "Can I send the lamp back? Call [name] at [telephone]")
        self.assertEqual(capture.answer, "Dear [name], yes, with the invoice.")
        self.assertIn("+7 495 123-45-67", capture.line_ids.mapped("name"))

    def test_question_and_answer_stand_under_their_headings(self):
        article = self._make(self._capture(self.mine.action_capture_knowledge()))

        self.assertIn("<h2>Question</h2>", article.body)
        self.assertIn("<p>Can I send the lamp back?", article.body)
        self.assertLess(article.body.index("Question"), article.body.index("send the lamp"))
        self.assertLess(article.body.index("<h2>Answer"), article.body.index("with the invoice"))

    def test_an_article_of_a_reader_goes_to_the_reviewers(self):
        capture = self._capture(self.mine.action_capture_knowledge())
        capture.category_id = self.category

        article = self._make(capture)

        self.assertRecordValues(article, [{"state": "in_review", "user_id": self.seller.id}])
        self.assertEqual(article.activity_ids.user_id, self.reviewer)

    def test_t1_a_reader_publishes_nothing_even_where_owners_are_trusted(self):
        capture = self._capture(self.mine.action_capture_knowledge())
        capture.category_id = self.trusted

        article = self._make(capture)

        with self.assertRaisesRegex(UserError, "not for you to decide"):
            article.with_user(self.seller).action_publish()
        self.assertEqual(article.state, "in_review")

    def test_the_record_is_linked_to_what_was_written_from_it(self):
        article = self._make(self._capture(self.mine.action_capture_knowledge()))

        use = self.env["crm.knowledge.use"].search([("article_id", "=", article.id)])
        self.assertEqual((use.state, use.res_id), ("captured", self.lead.id))
        self.assertEqual(article.use_count, 0)
        self.assertEqual(article.stage_ids, self.lead.stage_id)

    def test_what_is_there_already_is_shown(self):
        capture = self._capture(self.mine.action_capture_knowledge())

        capture.title = "Returning a desk"
        capture.action_check()

        self.assertIn(self.answer, capture.similar_ids)

    def test_what_was_changed_is_checked_anew(self):
        capture = self._capture(self.mine.action_capture_knowledge())
        capture.action_check()
        capture.write({"answer": "Write to sam@mail.example.com"})

        with self.assertRaisesRegex(UserError, "Check"):
            capture.action_create_article()
        capture.action_check()
        self.assertEqual(capture.answer, "Write to [e-mail]")

    def test_t18_a_second_click_makes_no_second_article(self):
        capture = self._capture(self.mine.action_capture_knowledge())
        self._make(capture)

        with self.assertRaisesRegex(UserError, "already"):
            capture.action_create_article()

    def test_t4_the_check_cannot_be_left_out(self):
        capture = self._capture(self.mine.action_capture_knowledge())

        for values in ({"state": "check"}, {"res_id": 1}, {"line_ids": [Command.clear()]}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                capture.write(values)

    def test_a_message_is_written_down(self):
        action = (
            self.env["crm.knowledge.capture"]
            .with_user(self.seller)
            .open_from_message(self.asked.id)
        )

        self.assertIn("send the lamp back", self._capture(action).question)

    def test_t14_nothing_is_written_down_that_one_may_not_read(self):
        captures = self.env["crm.knowledge.capture"].with_user(self.reader)

        with self.assertRaises(AccessError):
            captures.open_from_message(self.asked.id)
        with self.assertRaises(AccessError):
            self.lead.with_user(self.reader).action_capture_knowledge()
        for message_id in (None, "1", 0, 2**40, [1], True):
            with self.subTest(message_id=message_id), self.assertRaises(UserError):
                captures.open_from_message(message_id)

    def test_a_message_on_something_else_is_refused(self):
        message = self.answer.message_post(body="Hello")

        with self.assertRaisesRegex(UserError, "record itself"):
            self.env["crm.knowledge.capture"].with_user(self.author).open_from_message(message.id)

    def test_nothing_is_made_of_an_empty_answer(self):
        capture = self._capture(self.mine.action_capture_knowledge())
        capture.answer = " "

        with self.assertRaisesRegex(UserError, "Answer"):
            capture.action_check()


class TestBenefit(LearningCase):
    """Closed requests with and without an article, as far as one may read them."""

    def _line(self, user):
        links = self.env["crm.knowledge.link"].with_user(user)
        return links.search([("res_model", "=", "crm.lead"), ("res_id", "=", self.lead.id)])

    def test_a_closed_deal_says_whether_an_article_was_used(self):
        self.mine.copy_knowledge_answer(self.answer.id)
        self.lead.action_set_won()
        self.env.flush_all()

        self.assertRecordValues(
            self._line(self.seller),
            [{"is_linked": True, "link_percent": 100.0, "success_percent": 100.0}],
        )

    def test_a_deal_without_an_article_says_so(self):
        self.lead.action_set_lost()
        self.env.flush_all()

        self.assertRecordValues(
            self._line(self.seller), [{"is_linked": False, "success_percent": 0.0}]
        )

    def test_t21_nobody_counts_deals_one_may_not_read(self):
        self.lead.action_set_won()
        self.env.flush_all()
        other = new_test_user(self.env, "knw_other", "sales_team.group_sale_salesman")

        self.assertFalse(self._line(self.reader))
        self.assertFalse(self._line(other))
