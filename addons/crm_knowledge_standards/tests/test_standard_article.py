from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.crm_standards.tests.register_common import RegisterCase


class TestStandardArticle(RegisterCase):
    """The text of a standard in force is an article, and follows the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider, cls.editor = cls._make_users(
            ("kst_outsider", "Ole Outsider", "base.group_user"),
            ("kst_editor", "Edda Editor", "crm_knowledge.group_manager"),
        )
        cls.standard = cls.env["crm.standard"].create(
            {
                "name": "House rules",
                "code": "ST-9",
                "description": "<p>Answer quaggas within a day</p>",
                "user_id": cls.controller.id,
                "team_ids": [Command.set(cls.team.ids)],
                "rule_ids": [Command.create(cls.vals)],
                "state": "in_force",
            }
        )
        cls.article = cls.standard.knowledge_article_ids

    def test_a_standard_in_force_is_an_article(self):
        self.assertRecordValues(
            self.article,
            [
                {
                    "name": "ST-9 House rules",
                    "state": "published",
                    "version": 1,
                    "user_id": self.controller.id,
                    "standard_version_id": self.standard.version_id.id,
                }
            ],
        )
        self.assertIn("Answer quaggas within a day", self.article.body)
        self.assertIn("Know him", self.article.body)

    def test_a_draft_is_none(self):
        draft = self.env["crm.standard"].create(
            {"name": "Draft", "description": "<p>Not yet</p>", "user_id": self.controller.id}
        )

        self.assertFalse(draft.knowledge_article_ids)

    def test_the_article_follows_a_new_version(self):
        self.standard.description = "<p>Answer quaggas within two days</p>"

        self.assertIn("two days", self.article.body)
        self.assertEqual(self.article.version, 2)
        self.assertEqual(self.article.standard_version_id, self.standard.version_id)

    def test_what_changes_no_version_changes_no_text(self):
        self.standard.sequence = 77
        self.standard.user_id = self.leader

        self.assertEqual((self.article.version, self.article.user_id), (1, self.leader))

    def test_retiring_takes_it_away_and_putting_in_force_brings_it_back(self):
        self.standard.action_retire()
        self.assertFalse(self.article.active)

        self.standard.action_put_in_force()

        self.assertTrue(self.article.active)
        self.assertEqual(
            self.standard.with_context(active_test=False).knowledge_article_ids, self.article
        )

    def test_each_language_is_an_article(self):
        self.env["res.lang"]._activate_lang("de_DE")
        words = {"Answer quaggas within a day": "Quaggas binnen eines Tages"}
        self.standard.update_field_translations("description", {"de_DE": words})
        self.standard.with_context(lang="de_DE").name = "Hausregeln"

        german = self.standard.knowledge_article_ids - self.article
        self.assertRecordValues(
            german,
            [
                {
                    "name": "ST-9 Hausregeln",
                    "lang": "de_DE",
                    "translation_of_id": self.article.id,
                }
            ],
        )

    def test_a_draft_of_the_next_version_changes_nothing(self):
        standard = self.approved_standard()
        _version, document = self.new_version(standard)

        document.description = "<p>Answer within an hour</p>"

        self.assertIn("within a day", standard.sudo().knowledge_article_ids.body)
        self.assertFalse(document.sudo().knowledge_article_ids)

    def test_who_reads_standards_finds_and_reads_it(self):
        articles = self.env["crm.knowledge.article"].with_user(self.salesman)

        (hit,) = articles.search_articles("quaggas")

        self.assertEqual(hit["id"], self.article.id)
        banner = articles.get_page(self.article.id)["banners"][0]
        self.assertIn("the text of the standard", banner["text"])

    def test_t1_who_does_not_read_standards_finds_nothing(self):
        articles = self.env["crm.knowledge.article"].with_user(self.outsider)

        self.assertEqual(articles.search_articles("quaggas"), [])
        with self.assertRaises(UserError):
            articles.get_page(self.article.id)

    def test_nobody_parts_the_article_from_its_standard(self):
        article = self.article.with_user(self.editor)
        for values in (
            {"body": "<p>Never answer</p>"},
            {"active": False},
            {"access": "open"},
            {"user_id": self.editor.id},
        ):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "new version"):
                article.write(values)
        with self.assertRaisesRegex(UserError, "new version"):
            article.action_revise()
        self.assertFalse(article.can_edit or article.can_revise or article.can_set_up)

    def test_t4_nobody_makes_an_article_a_standard(self):
        vals = {"name": "Mine", "standard_id": self.standard.id}
        with self.assertRaisesRegex(UserError, "Only the register"):
            self.env["crm.knowledge.article"].with_user(self.editor).create(vals)

    def test_t1_the_button_needs_the_right_to_read_the_standard(self):
        with self.assertRaises(AccessError):
            self.standard.with_user(self.outsider).action_view_articles()

    def _cite(self):
        citing = self.env["crm.knowledge.article"].create(
            {
                "name": "How to answer quaggas",
                "body": "<p>Within a day, as ST-9 says.</p>",
                "user_id": self.editor.id,
                "cited_standard_ids": [Command.set(self.standard.ids)],
            }
        )
        citing._publish()
        return citing

    def test_an_article_that_cites_a_standard_is_doubted_by_its_new_version(self):
        citing = self._cite()

        self.standard.description = "<p>Answer quaggas within two days</p>"

        self.assertEqual(citing.state, "to_verify")
        self.assertEqual(citing.activity_ids.user_id, self.editor)
        self.assertEqual(self.article.state, "published")

    def test_what_changes_no_version_doubts_nothing(self):
        citing = self._cite()

        self.standard.user_id = self.leader

        self.assertEqual(citing.state, "published")

    def test_t21_the_history_of_an_article_does_not_name_the_standard(self):
        citing = self._cite()

        self.standard.action_retire()

        self.assertEqual(citing.state, "to_verify")
        said = "".join(citing.message_ids.mapped("body"))
        self.assertIn("not in force any more", said)
        self.assertNotIn("House rules", said)
