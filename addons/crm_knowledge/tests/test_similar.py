from odoo.exceptions import AccessError
from odoo.fields import Command

from .common import KnowledgeCase

TEXT = (
    "<p>Pack the lamp in its box, put the invoice in, and bring the parcel to any post office"
    " within fourteen days.</p>"
)


class TestSimilar(KnowledgeCase):
    """While one writes: what says the same already."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.article(published=True, name="Sending a quagga lamp back", body=TEXT)

    def _similar(self, *args, user=None):
        articles = self.env["crm.knowledge.article"].with_user(user or self.colleague)
        return {one["id"]: one for one in articles.get_similar(*args)}

    def test_a_title_in_other_forms_of_its_words_is_alike(self):
        found = self._similar("How to send back quagga lamps")

        self.assertEqual(found[self.known.id]["title"], "Sending a quagga lamp back")
        self.assertEqual(found[self.known.id]["state"], "published")

    def test_the_same_text_under_another_title_is_alike(self):
        self.assertIn(self.known.id, self._similar("Refunds", TEXT))

    def test_what_only_shares_a_word_is_not_alike(self):
        self.assertFalse(self._similar("Invoice of a lamp bought in a shop abroad"))

    def test_the_sections_of_a_type_make_nothing_alike(self):
        template = self.type.template
        self.article(published=True, name="Okapi food", body=f"{template}<p>Leaves</p>")

        self.assertFalse(self._similar("Zebra stripes", template))
        self.assertFalse(self._similar("Zebra stripes", f"{template}<p>Black and white</p>"))

    def test_an_article_is_not_like_itself_in_any_shape(self):
        action = self.known.with_user(self.colleague).action_revise()

        self.assertFalse(self._similar(self.known.name, TEXT, self.known.id))
        self.assertFalse(self._similar(self.known.name, TEXT, action["res_id"]))

    def test_a_russian_title_in_another_case_is_alike(self):
        article = self.article(published=True, name="Возврат квагги по гарантии")

        self.assertIn(article.id, self._similar("Гарантия: возвраты квагг"))

    def test_t21_drafts_and_articles_out_of_reach_are_not_told_of(self):
        draft = self.article(name="Okapi food")
        self.article(published=True, name="Okapi food", category_id=self.vault.id)

        self.assertFalse(self._similar("Okapi food"))

        self.assertEqual(set(self._similar("Okapi food", user=self.author)), {draft.id})

    def test_t5_garbage_finds_nothing(self):
        for args in (
            (None,),
            ([1], {"a": 1}),
            ("", ""),
            ("%'\"-- (((", "<p", "7"),
            ("\x00\ud800", "\x00", -1),
            ("🙂", "🙂", True),
            ("x" * 100_000, "y " * 100_000, 2**70),
        ):
            with self.subTest(args=str(args)[:40]):
                self.assertFalse(self._similar(*args))

    def test_t14_nobody_looks_without_the_right_to_read(self):
        self.outsider.group_ids = [Command.set(self.env.ref("base.group_public").ids)]
        with self.assertRaises(AccessError):
            self._similar("Sending a quagga lamp back", user=self.outsider)
