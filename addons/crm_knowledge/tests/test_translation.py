from odoo.exceptions import ValidationError
from odoo.tools import mute_logger

from .common import KnowledgeCase


class TestTranslation(KnowledgeCase):
    """One article in several languages."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.original = cls.article(published=True)

    def _translate(self, **values):
        vals = {"lang": "fr_FR", "name": "Retours", "translation_of_id": self.original.id}
        return self.article(published=True, **(vals | values))

    def test_each_reader_gets_the_article_in_the_language_asked_for(self):
        french = self._translate()
        both = (self.original | french).with_user(self.reader)

        self.assertEqual(
            both._get_in_language("fr_FR"), {self.original.id: french, french.id: french}
        )
        self.assertEqual(
            both._get_in_language("en_US"),
            {self.original.id: self.original, french.id: self.original},
        )
        self.assertEqual(
            both._get_in_language("de_DE"), {self.original.id: self.original, french.id: french}
        )

    def test_t21_a_translation_one_may_not_read_is_not_offered(self):
        self._translate(category_id=self.vault.id)
        article = self.original.with_user(self.reader)

        self.assertEqual(article._get_in_language("fr_FR"), {article.id: article})

    def test_there_is_one_translation_into_a_language(self):
        self._translate()

        with self.assertRaises(Exception) as caught, mute_logger("odoo.sql_db"):
            self._translate()
        self.assertIn("translation_uniq", str(caught.exception))

    def test_a_translation_is_not_translated_again(self):
        french = self._translate()

        with self.assertRaisesRegex(ValidationError, "choose the original"):
            self.article(lang="en_US", translation_of_id=french.id)

    def test_a_translation_is_in_another_language(self):
        with self.assertRaisesRegex(ValidationError, "same language"):
            self._translate(lang="en_US")
