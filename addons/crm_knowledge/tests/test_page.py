from lxml import etree

from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.safe_eval import safe_eval

from .common import KnowledgeCase


class TestPage(KnowledgeCase):
    """The home page and the page of an article show what the viewer may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.published = cls.article(
            published=True, body="<h2>When</h2><p>Within 14 days.</p><h2>How</h2><p>By mail.</p>"
        )
        cls.hidden = cls.article(published=True, name="Vault", category_id=cls.vault.id)

    def _page(self, article=None, user=None, **arguments):
        articles = self.env["crm.knowledge.article"].with_user(user or self.reader)
        return articles.get_page((article or self.published).id, **arguments)

    def _home(self, user=None):
        return self.env["crm.knowledge.home"].with_user(user or self.reader).get_home()

    def test_a_page_has_its_text_and_a_list_of_contents(self):
        page = self._page()

        self.assertEqual([one["title"] for one in page["contents"]], ["When", "How"])
        self.assertIn('<h2 id="section-1">When</h2>', page["body"])
        self.assertEqual((page["shown_version"], page["banners"]), (1, []))

    def test_an_old_version_says_that_it_is_old(self):
        self.published.body = "<p>Within 30 days.</p>"

        page = self._page(version=1)

        self.assertIn("14 days", page["body"])
        self.assertIn("version 2 is", page["banners"][0]["text"])
        self.assertIn("30 days", self._page()["body"])

    def test_what_is_not_verified_says_so(self):
        self.published._doubt()

        self.assertEqual([one["kind"] for one in self._page()["banners"]], ["warning"])

    def test_t1_a_hidden_article_has_no_page(self):
        with self.assertRaisesRegex(UserError, "no such article"):
            self._page(self.hidden)
        self.assertEqual(self._page(self.hidden, self.leader)["name"], "Vault")

    def test_t21_links_to_hidden_articles_are_not_shown(self):
        self.published.related_ids = [Command.set(self.hidden.ids)]
        translation = self.article(
            published=True,
            name="Geheim",
            lang=self._other_lang(),
            translation_of_id=self.published.id,
            access="confidential",
            reader_user_ids=[Command.set(self.leader.ids)],
        )

        page = self._page()

        self.assertEqual((page["related"], page["translations"]), ([], []))
        self.assertEqual(
            [one["id"] for one in self._page(user=self.leader)["translations"]], translation.ids
        )

    def _other_lang(self):
        self.env["res.lang"]._activate_lang("de_DE")
        return "de_DE"

    def test_t5_garbage_is_no_article(self):
        articles = self.env["crm.knowledge.article"].with_user(self.reader)
        for garbage in (None, "x", -1, 0, True, 2**40, [1], {}):
            with self.subTest(garbage=garbage), self.assertRaises(UserError):
                articles.get_page(garbage)
        for garbage in (None, "x", -1, 2**40, [1], {}):
            with self.subTest(version=garbage):
                self.assertFalse(self._page(version=garbage)["is_old"])

    def test_favorites_are_each_readers_own(self):
        self.assertTrue(self.published.with_user(self.reader).toggle_favorite())

        mine, others = (
            [one["id"] for one in self._home(user)["lists"][0]["articles"]]
            for user in (self.reader, self.member)
        )
        self.assertEqual((mine, others), (self.published.ids, []))
        self.assertFalse(self.published.with_user(self.reader).toggle_favorite())
        self.assertFalse(self._home()["lists"][0]["articles"])

    def test_t21_home_counts_only_what_the_viewer_reads(self):
        def counts(user):
            return {one["id"]: one["count"] for one in self._home(user)["categories"]}

        self.assertNotIn(self.vault.id, counts(self.reader))
        self.assertEqual(counts(self.leader)[self.vault.id], 1)

    def test_home_shows_what_waits_for_the_viewer(self):
        draft = self.article()
        draft.with_user(self.author).action_submit()

        def tasks(user):
            return {one["id"]: one["count"] for one in self._home(user)["tasks"]}

        self.assertEqual(tasks(self.reader), {})
        self.assertEqual(tasks(self.reviewer), {"review": 1})

    def _opened(self, task, user):
        """Return the domain of what the button of a task opens, its filters included."""
        action = self.env.ref(task["action"])
        context = {**safe_eval(action.context), **task.get("context", {})}
        domain = Domain(safe_eval(action.domain or "[]", {"uid": user.id}))
        arch = self.env[action.res_model].with_user(user).get_view(view_type="search")["arch"]
        either = Domain.FALSE
        for node in [*etree.fromstring(arch), etree.Element("separator")]:
            if node.tag == "filter" and context.get(f"search_default_{node.get('name')}"):
                either |= Domain(safe_eval(node.get("domain"), {"uid": user.id}))
            elif node.tag != "filter" and not either.is_false():
                domain, either = domain & either, Domain.FALSE
        return domain

    def test_a_button_of_the_home_opens_what_it_counts(self):
        self.article(user_id=self.colleague.id)  # a draft of another, written on by the author
        self.article(name="Quagga draft")
        for owner in (self.author, self.colleague):
            flagged = self.article(published=True, user_id=owner.id)
            for member in (self.reader, self.author):
                self.env["crm.knowledge.flag"].with_user(member).create(
                    {"article_id": flagged.id, "reason": "unclear", "note": "What?"}
                )
            flagged._doubt()

        tasks = {one["id"]: one for one in self._home(self.author)["tasks"]}

        for name in ("drafts", "flags", "verify"):
            with self.subTest(task=name):
                task = tasks[name]
                model = self.env.ref(task["action"]).res_model
                found = self.env[model].with_user(self.author)
                domain = self._opened(task, self.author)
                self.assertEqual(found.search_count(domain), task["count"])

    def _tiles(self, user):
        overview = self.env["crm.knowledge.overview"].with_user(user).get_overview()
        bars = [bar for chart in overview["charts"] for bar in chart["bars"]]
        for one in (*overview["tiles"], *bars):
            self.env[one["model"]].with_user(user).search_count(one["domain"])
        return {one["id"]: one["value"] for one in overview["tiles"]}

    def test_t21_the_overview_counts_only_what_the_viewer_reads(self):
        before = self._tiles(self.reader), self._tiles(self.leader)

        self.hidden._doubt()

        after = self._tiles(self.reader), self._tiles(self.leader)
        self.assertEqual(after[0], before[0])
        self.assertEqual(after[1]["unverified"], before[1]["unverified"] + 1)

    def test_asked_readers_find_the_check_but_not_its_answers(self):
        question = self.env["crm.knowledge.question"].create(
            {
                "article_id": self.published.id,
                "name": "How many days?",
                "choice_ids": [
                    Command.create({"name": "14", "is_right": True}),
                    Command.create({"name": "30"}),
                ],
            }
        )
        self.published.write(
            {"is_to_confirm": True, "confirm_user_ids": [Command.set(self.reader.ids)]}
        )
        self.env["crm.knowledge.reading"]._settle(self.published)

        confirm = self._page()["confirm"]

        self.assertTrue(confirm["is_asked"])
        self.assertEqual(
            confirm["questions"],
            [
                {
                    "id": question.id,
                    "name": "How many days?",
                    "choices": [
                        {"id": choice.id, "name": choice.name} for choice in question.choice_ids
                    ],
                }
            ],
        )
        self.assertFalse(self._page(user=self.member)["confirm"]["is_asked"])
