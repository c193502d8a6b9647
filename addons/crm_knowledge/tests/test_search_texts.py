from unittest.mock import patch

from .common import KnowledgeCase

CHANGED = (
    "odoo.addons.crm_knowledge.models.search.crm_knowledge_article_texts"
    ".CrmKnowledgeArticle._index_changed"
)


class TestSearchTexts(KnowledgeCase):
    """What is searched, and that no change of it is missed."""

    def _watch(self, function):
        """Return the ids of articles whose index has to follow what the function does."""
        seen = []
        with patch(CHANGED, autospec=True, side_effect=lambda articles: seen.extend(articles.ids)):
            function()
        return seen

    def _attach(self, article, **values):
        return self.env["ir.attachment"].create(
            {
                "name": "notes.txt",
                "raw": b"written inside",
                "res_model": article._name,
                "res_id": article.id,
                **values,
            }
        )

    def test_texts_by_weight_without_tags(self):
        article = self.article(body="<p>Send <b>it</b></p><p>back</p>")
        self._attach(article)

        self.assertEqual(
            article._get_search_texts(),
            {
                article.id: {
                    "lang": "en_US",
                    "A": "How to return goods",
                    "B": "Within 14 days.",
                    "C": "Send it\nback",
                    "D": "notes.txt\nwritten inside",
                }
            },
        )

    def test_a_change_of_the_text_is_told_once(self):
        article, other = self.article(), self.article()

        told = self._watch(lambda: (article | other).write({"name": "Other", "summary": "New"}))

        self.assertEqual(sorted(told), sorted((article | other).ids))

    def test_life_and_archiving_are_told(self):
        article = self.article()

        self.assertIn(article.id, self._watch(article._publish))
        self.assertIn(article.id, self._watch(article.action_archive))

    def test_what_is_not_searched_is_not_told(self):
        article = self.article()

        self.assertFalse(self._watch(lambda: article.write({"user_id": self.editor.id})))

    def test_files_are_told_when_they_come_move_and_go(self):
        article, other = self.article(), self.article()
        file = self._attach(article)

        self.assertEqual(self._watch(lambda: self._attach(other)), other.ids)
        self.assertEqual(
            sorted(self._watch(lambda: file.write({"res_id": other.id}))),
            sorted((article | other).ids),
        )
        self.assertEqual(self._watch(file.unlink), other.ids)

    def test_files_of_other_records_are_told_to_nobody(self):
        self.assertFalse(self._watch(lambda: self._attach(self.reader.partner_id)))

    def test_texts_of_many_articles_take_no_more_queries(self):
        articles = self.env["crm.knowledge.article"].union(*(self.article() for _n in range(20)))
        articles.invalidate_recordset()

        with self.assertQueryCount(4):
            articles._get_search_texts()
