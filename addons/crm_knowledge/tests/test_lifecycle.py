from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from .common import KnowledgeCase

COMMIT = "odoo.addons.base.models.ir_cron.IrCron._commit_progress"


class TestLifecycle(KnowledgeCase):
    """Draft, in review, published, to be verified: who does what."""

    def test_an_article_goes_through_review_into_force(self):
        article = self.article().with_user(self.author)

        article.action_submit()
        task = article.activity_ids.user_id
        article.with_user(self.reviewer).action_publish()

        self.assertEqual(task, self.reviewer)
        self.assertFalse(article.activity_ids)
        self.assertRecordValues(
            article.with_env(self.env),
            [{"state": "published", "version": 1, "verifier_id": self.reviewer.id}],
        )
        self.assertFalse(article.writer_ids)
        version = article.version_ids
        self.assertRecordValues(
            version,
            [{"number": 1, "user_id": self.reviewer.id, "writer_ids": self.author.ids}],
        )
        self.assertEqual(version.body, article.body)
        self.assertEqual(len(version.digest), 64)

    def test_an_author_does_not_publish_where_a_reviewer_does(self):
        article = self.article().with_user(self.author)

        with self.assertRaisesRegex(UserError, "Rolf Reviewer"):
            article.action_publish()

    def test_a_reviewer_does_not_publish_an_own_text_where_four_eyes_are_asked(self):
        writers = [Command.set(self.reviewer.ids)]
        article = self.article(
            category_id=self.strict.id, user_id=self.reviewer.id, writer_ids=writers
        )

        with self.assertRaisesRegex(UserError, "somebody else"):
            article.with_user(self.reviewer).action_publish()

    def test_the_owner_publishes_where_he_is_trusted(self):
        article = self.article(category_id=self.trusted.id).with_user(self.author)

        article.action_publish()

        self.assertEqual(article.state, "published")

    def test_a_reader_does_nothing(self):
        article = self.article(published=True).with_user(self.reader)

        for deed in ("submit", "take_back", "send_back", "publish", "verify", "doubt", "revise"):
            with self.subTest(deed=deed), self.assertRaises(Exception) as caught:
                getattr(article, f"action_{deed}")()
            self.assertIsInstance(caught.exception, UserError)

    def test_the_state_is_not_written_past_the_buttons(self):
        article = self.article().with_user(self.author)

        for vals in (
            {"state": "published"},
            {"version": 7},
            {"writer_ids": [Command.clear()]},
            {"writer_ids": False},
            {"version": 0},
            {"date_verified": False},
            {"date_verify_by": "2099-01-01"},
            {"html_field_history": False},
        ):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "by the system only"):
                article.write(vals)
        with self.assertRaisesRegex(UserError, "by the system only"):
            self.env["crm.knowledge.article"].with_user(self.author).create(
                {"name": "Fast", "state": "published"}
            )

    def test_whoever_creates_is_a_writer_whatever_is_sent(self):
        articles = self.env["crm.knowledge.article"].with_user(self.author)
        texts = {"name": "Fast", "type_id": self.type.id, "category_id": self.category.id}

        sent = articles.create({**texts, "writer_ids": [], "edited_by_id": False})
        hidden = articles.with_context(default_state="published", default_version=3).create(texts)

        self.assertEqual((sent.writer_ids, sent.edited_by_id), (self.author, self.author))
        self.assertEqual((hidden.state, hidden.version), ("draft", 0))

    def test_t1_an_article_in_force_is_not_moved_to_where_others_decide(self):
        article = self.article(published=True, category_id=self.trusted.id).with_user(self.author)

        with self.assertRaisesRegex(UserError, "Rolf Reviewer"), self.env.cr.savepoint():
            article.category_id = self.strict
        article.with_user(self.manager).category_id = self.strict

        self.assertEqual(article.category_id, self.strict)

    def test_a_reviewer_who_is_an_author_changes_what_is_in_review(self):
        self.category.reviewer_ids |= self.colleague
        article = self.article()
        article.with_user(self.author).action_submit()

        article.with_user(self.colleague).body = "<p>Within 30 days</p>"

        self.assertEqual(article.edited_by_id, self.colleague)

    def test_what_is_in_review_stands_still_for_its_writers(self):
        article = self.article().with_user(self.author)
        article.action_submit()

        with self.assertRaises(UserError):
            article.body = "<p>Something else</p>"
        article.action_take_back()
        article.body = "<p>Something else</p>"

        self.assertEqual(article.state, "draft")

    def test_nobody_changes_a_text_in_force_at_once_where_four_eyes_are_asked(self):
        article = self.article(published=True, category_id=self.strict.id)

        with self.assertRaisesRegex(UserError, "Propose a New Text"):
            article.with_user(self.manager).body = "<p>At once</p>"

    def test_a_change_in_force_is_a_version_of_its_own(self):
        article = self.article(published=True)

        with freeze_time("2026-03-02 10:00:00"):
            article.with_user(self.manager).write({"body": "<p>Within 30 days</p>"})
            article.with_user(self.manager).write({"body": "<p>Within 30 days</p>"})

        first, second = article.version_ids.sorted("number")
        self.assertEqual((first.number, second.number, article.version), (1, 2, 2))
        self.assertEqual(first.date_end, second.date)
        self.assertFalse(second.date_end)
        self.assertIn("invoice", first.body)

    def test_the_second_of_two_saves_is_refused(self):
        article = self.article()
        seen = article.edition

        article.with_user(self.author).write({"body": "<p>First</p>", "edition": seen})
        with self.assertRaisesRegex(UserError, "Arno Author has changed the text"):
            article.with_user(self.editor).write({"body": "<p>Second</p>", "edition": seen})

        self.assertIn("First", article.body)

    def test_saving_something_else_than_the_text_is_not_refused(self):
        article = self.article()
        seen = article.edition
        article.with_user(self.author).write({"body": "<p>First</p>", "edition": seen})

        article.with_user(self.editor).write({"related_ids": False, "edition": seen})

        self.assertEqual(article.edition, seen + 1)

    def test_history_keeps_what_was_overwritten(self):
        article = self.article()

        article.body = "<p>Another text</p>"

        earlier = article.html_field_history_get_content_at_revision("body", 1)
        self.assertIn("invoice", earlier)

    def test_how_long_it_took_to_publish_is_told(self):
        article = self.article(published=True)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_knowledge_article"
                "   SET create_date = date_published - INTERVAL '36 hours' WHERE id = %s",
                article.id,
            )
        )
        self.env.invalidate_all()
        # the statement has gone past what recomputes
        self.env.add_to_compute(article._fields["days_to_publish"], article)

        self.assertAlmostEqual(article.days_to_publish, 1.5)
        self.assertEqual(self.article().days_to_publish, 0, "not published yet")

    def test_a_published_article_is_archived_not_deleted(self):
        article = self.article(published=True)

        with self.assertRaisesRegex(UserError, "Archive it"):
            article.with_user(self.manager).unlink()

    def test_old_articles_are_to_be_verified(self):
        with freeze_time("2026-01-05"):
            old = self.article(published=True)
            kept = self.article(published=True, verify_days=900)
        self.assertEqual(old.date_verify_by, date(2026, 7, 4))

        with freeze_time("2026-09-01"), patch(COMMIT, autospec=True, return_value=60):
            self.env["crm.knowledge.article"]._cron_doubt()

            self.assertEqual((old.state, kept.state), ("to_verify", "published"))
            self.assertEqual(old.activity_ids.user_id, self.author)
            old.with_user(self.author).action_verify()

        self.assertEqual(old.state, "published")
        self.assertEqual(old.date_verified, date(2026, 9, 1))
        self.assertFalse(old.activity_ids)

    def test_a_new_article_begins_with_the_sections_of_its_type(self):
        article = self.env["crm.knowledge.article"].create(
            {"name": "Question", "type_id": self.type.id, "category_id": self.category.id}
        )
        self.assertIn("Answer", article.body)

        article.type_id = self.env.ref("crm_knowledge.crm_knowledge_type_instruction")

        self.assertIn("Steps", article.body)

    def test_what_was_begun_stays_when_the_type_changes(self):
        article = self.article()

        article.type_id = self.env.ref("crm_knowledge.crm_knowledge_type_instruction")

        self.assertIn("invoice", article.body)
