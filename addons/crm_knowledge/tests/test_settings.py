from datetime import date

from freezegun import freeze_time

from .common import KnowledgeCase


class TestSettings(KnowledgeCase):
    """How long articles are trusted."""

    def _set(self, days):
        self.env["res.config.settings"].create({"knowledge_verify_days": days}).execute()

    @freeze_time("2026-01-05")
    def test_the_dates_follow_the_setting(self):
        article = self.article(published=True)

        self._set(10)
        self.assertEqual(article.date_verify_by, date(2026, 1, 15))
        self._set(0)
        self.assertFalse(article.date_verify_by)

    @freeze_time("2026-01-05")
    def test_the_nearest_word_counts(self):
        self.category.verify_days = 20
        part = self.make_category("Part", parent_id=self.category.id)
        article = self.article(published=True, category_id=part.id)
        self.assertEqual(article.date_verify_by, date(2026, 1, 25))

        part.verify_days = 5
        self.assertEqual(article.date_verify_by, date(2026, 1, 10))
        article.verify_days = 1
        self.assertEqual(article.date_verify_by, date(2026, 1, 6))
