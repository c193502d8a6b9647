from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common import KnowledgeCase


class TestRevision(KnowledgeCase):
    """A new text of a published article stands beside it until it is approved."""

    def _revise(self, article, user=None):
        action = article.with_user(user or self.colleague).action_revise()
        return self.env["crm.knowledge.article"].browse(action["res_id"])

    def test_readers_keep_the_present_text_until_the_new_one_is_published(self):
        article = self.article(published=True, category_id=self.strict.id)
        revision = self._revise(article)
        revision.with_user(self.colleague).body = "<p>Within 30 days</p>"
        revision.with_user(self.colleague).action_submit()

        self.assertIn("invoice", article.body)
        self.assertFalse(self.readable(self.reader, revision))

        action = revision.with_user(self.reviewer).action_publish()

        self.assertEqual(action["res_id"], article.id)
        self.assertIn("30 days", article.body)
        self.assertRecordValues(
            article,
            [{"version": 2, "edited_by_id": self.colleague.id, "verifier_id": self.reviewer.id}],
        )
        latest = article.version_ids[0]
        self.assertEqual((latest.writer_ids, latest.user_id), (self.colleague, self.reviewer))
        self.assertFalse(revision.active)
        self.assertFalse(article.writer_ids)

    def test_two_press_the_button_and_only_one_writes(self):
        article = self.article(published=True, user_id=self.editor.id)
        revision = self._revise(article)

        self.assertEqual(self._revise(article), revision)
        with self.assertRaisesRegex(UserError, "Cora Colleague is writing"):
            self._revise(article, self.author)

    def test_readers_propose_no_new_text(self):
        article = self.article(published=True)

        with self.assertRaises(AccessError):
            self._revise(article, self.reader)

    def test_an_outdated_new_text_is_not_merged_before_the_changes_are_in(self):
        article = self.article(published=True)
        revision = self._revise(article).with_user(self.colleague)
        revision.body = "<p>Within 30 days</p>"
        article.with_user(self.manager).body = "<p>By post only</p>"

        self.assertTrue(revision.is_outdated)
        with self.assertRaisesRegex(UserError, "version 2 is in force"):
            revision.with_user(self.manager).action_publish()
        revision.action_rebase()
        revision.with_user(self.manager).action_publish()

        self.assertEqual(article.version, 3)
        self.assertIn("30 days", article.body)

    def test_a_new_text_is_as_secret_as_its_article(self):
        article = self.article(published=True)
        revision = self._revise(article)

        article.with_user(self.manager).write(
            {"access": "limited", "reader_user_ids": [Command.set(self.leader.ids)]}
        )

        self.assertEqual(revision.access, "limited")
        self.assertEqual(revision.reader_user_ids, self.leader)

    def test_t1_a_new_text_stands_where_its_article_stands(self):
        article = self.article(published=True, category_id=self.strict.id)
        revision = self._revise(article).with_user(self.colleague)

        with self.assertRaisesRegex(UserError, "stands where its article stands"):
            revision.category_id = self.trusted

    def test_t1_a_new_text_is_judged_where_its_article_stands(self):
        article = self.article(published=True, category_id=self.strict.id)
        revision = self._revise(article)
        revision.category_id = self.trusted

        with self.assertRaisesRegex(UserError, "Rolf Reviewer"):
            revision.with_user(self.colleague).action_publish()
        self.assertEqual(article.version, 1)

    def test_t1_who_proposes_a_new_text_does_not_own_the_article(self):
        article = self.article(published=True, category_id=self.trusted.id)
        revision = self._revise(article).with_user(self.colleague)
        revision.body = "<p>Within 30 days</p>"

        with self.assertRaisesRegex(UserError, "Arno Author"):
            revision.action_publish()
        revision.action_submit()
        self.assertEqual(revision.activity_ids.user_id, self.author)
        revision.with_user(self.author).action_publish()

        self.assertIn("30 days", article.body)

    def test_an_owner_who_does_not_decide_is_not_asked_to(self):
        article = self.article(published=True, category_id=self.strict.id)
        revision = self._revise(article).with_user(self.colleague)

        revision.action_submit()

        self.assertEqual(revision.activity_ids.user_id, self.reviewer)

    def test_the_owner_reads_and_writes_the_new_text_of_a_limited_article(self):
        readers = [Command.set(self.colleague.ids)]
        article = self.article(published=True, access="limited", reader_user_ids=readers)
        revision = self._revise(article)

        self.assertTrue(self.readable(self.author, revision))
        revision.with_user(self.author).body = "<p>Within 30 days</p>"

        self.assertEqual(revision.edited_by_id, self.author)

    def test_files_of_the_new_text_go_along(self):
        article = self.article(published=True)
        revision = self._revise(article)
        file = self.env["ir.attachment"].create(
            {"name": "form.txt", "raw": b"x", "res_model": revision._name, "res_id": revision.id}
        )

        revision.with_user(self.manager).action_publish()

        self.assertEqual(file.res_id, article.id)

    def test_what_is_no_new_text_is_not_rebased(self):
        with self.assertRaisesRegex(UserError, "not a new text"):
            self.article().with_user(self.author).action_rebase()
