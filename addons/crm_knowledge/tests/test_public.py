import re
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Date
from odoo.tests import HttpCase, tagged

from .common import KnowledgeCase


@tagged("post_install", "-at_install")
class TestPublic(HttpCase, KnowledgeCase):
    """Pages for customers and everybody: what is marked so and in force, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        text = "<h2>When</h2><p>Zanzibarite within 14 days.</p><h2>How</h2><p>By mail.</p>"
        cls.open = cls.article(
            published=True, name="Return <b>goods</b>", body=text, publicity="public"
        )
        cls.portal = cls.article(published=True, name="Portal prices", publicity="portal")
        cls.inner = cls.article(published=True, name="Inner margins")
        cls.hidden = (cls.portal, cls.inner)

    def _visit(self, path="", **arguments):
        return self.url_open(f"/knowledge{path}", **arguments)

    def _page(self, article):
        return self._visit(article._get_public_path().removeprefix("/knowledge"))

    def _send(self, article, **form):
        page = self._page(article).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        path = article._get_public_path() + "/opinion"
        data = {"csrf_token": token, **form}
        return self.url_open(path, data=data, allow_redirects=False)

    def _suggest(self, text):
        return self.make_jsonrpc_request("/knowledge/suggest", {"text": text})

    def test_everybody_reads_what_is_marked_so(self):
        page = self._page(self.open)

        self.assertEqual(page.status_code, 200)
        self.assertIn("Zanzibarite", page.text)
        self.assertIn('<h2 id="section-1">When</h2>', page.text)
        self.assertIn('rel="canonical"', page.text)
        self.assertNotIn("X-Robots-Tag", page.headers)

    def test_places_in_an_answer_are_filled_for_visitors_or_left_open(self):
        self.open.body = "<p>Dear {{ customer }}, {{ company }} takes zanzibarite back.</p>"

        page = self._page(self.open).text

        name = self.env.company.name.replace("&", "&amp;")
        self.assertIn(f"Dear …, {name} takes zanzibarite back.", page)
        self.assertNotIn("{{", page + str(self._suggest("zanzibarite")))

    def test_t6_a_title_is_text(self):
        page = self._page(self.open)

        self.assertNotIn("Return <b>goods</b>", page.text)
        self.assertIn("Return &lt;b&gt;goods", page.text)

    def test_an_old_address_leads_to_the_present_one(self):
        answer = self._visit(f"/old-title-{self.open.id}", allow_redirects=False)

        self.assertEqual(answer.status_code, 301)
        self.assertTrue(answer.headers["Location"].endswith(self.open._get_public_path()))

    def test_an_old_address_keeps_what_an_answer_is_known_by(self):
        old = f"/old-title-{self.open.id}?answer=quokka-token&x=%C3%A4"

        answer = self._visit(old, allow_redirects=False)

        address = f"{self.open._get_public_path()}?answer=quokka-token&x=%C3%A4"
        self.assertTrue(answer.headers["Location"].endswith(address))

    def test_t1_what_is_not_for_visitors_is_not_there(self):
        draft = self.article(name="Unfinished draft", publicity="public")
        missing = self._visit("/nothing-999999999")
        for article in (*self.hidden, draft):
            with self.subTest(article=article.name):
                answer = self._page(article)
                self.assertEqual((answer.status_code, missing.status_code), (404, 404))
                self.assertNotIn(article.name, self._visit().text)

    def test_customers_read_what_is_for_customers(self):
        self.authenticate("knw_customer", "knw_customer")

        page = self._page(self.portal)

        self.assertEqual(page.status_code, 200)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(self._page(self.inner).status_code, 404)

    def test_t21_a_limit_set_later_takes_pages_away_at_once(self):
        self.category.write(
            {"access": "limited", "reader_user_ids": [Command.set(self.leader.ids)]}
        )

        self.assertEqual(self._page(self.open).status_code, 404)
        self.assertEqual(self._suggest("zanzibarite"), [])

    def test_t15_pages_of_other_companies_are_not_there(self):
        company = self.env["res.company"].create({"name": "Other Company of Pages"})
        self.open.company_id = company

        self.assertEqual(self._page(self.open).status_code, 404)

    def test_visitors_find_answers_and_nothing_else(self):
        self.assertIn("Return", self._visit("?search=zanzibarite").text)
        (hit,) = self._suggest("What about zanzibarite?")
        self.assertEqual((hit["id"], hit["url"]), (self.open.id, self.open._get_public_path()))
        for secret in ("margins", "prices"):
            with self.subTest(secret=secret):
                self.assertEqual(self._suggest(secret), [])

    def test_what_is_found_is_shown_by_pages(self):
        for number in range(22):
            self.article(published=True, name=f"Zanzibarite {number}", publicity="public")

        first = self._visit("?search=zanzibarite")
        second = self._visit("?search=zanzibarite&results=2")

        found = [set(re.findall(r"Zanzibarite \d+", page.text)) for page in (first, second)]
        self.assertFalse(found[0] & found[1])
        self.assertEqual(len(found[0] | found[1]), 22)
        self.assertIn('rel="next"', first.text)
        self.assertNotIn('rel="prev"', first.text)
        self.assertIn('rel="prev"', second.text)
        self.assertNotIn('rel="next"', second.text)

    def test_t5_there_is_no_page_before_the_first(self):
        for number in ("0", "00", "-1", "x"):
            with self.subTest(number=number):
                page = self._visit(f"?search=zanzibarite&results={number}")
                self.assertNotIn('rel="prev"', page.text)

    def _asked(self, text):
        self.make_jsonrpc_request("/knowledge/asked", {"text": text})
        return self.env["crm.knowledge.query"].search([("visitor", "!=", False)])

    def test_what_a_visitor_asks_in_vain_is_kept_once_a_day(self):
        self.assertFalse(self._asked("What about zanzibarite?"))

        self._asked("quokka margins of kim@mail.example.com")
        asked = self._asked("Margins: quokka")

        self.assertEqual(len(asked), 1)
        self.assertNotIn("kim", asked.text)
        self.assertRecordValues(asked, [{"is_hit": False, "is_opened": False, "token": False}])

    def test_what_is_for_others_is_no_answer_to_a_visitor(self):
        self.assertEqual(self._asked("inner margins").key, self._asked("margins inner").key)

    def test_t3_looking_for_something_writes_nothing(self):
        page = self._visit("?search=quokka")

        self.assertIn('data-asked="quokka"', page.text)
        self.assertFalse(self.env["crm.knowledge.query"].search([("visitor", "!=", False)]))

    def test_t5_garbage_is_no_question(self):
        for text in (None, 5, [], {}, "", "\x00", "?!", '"' * 9000):
            with self.subTest(text=str(text)[:20]):
                self.assertFalse(self._asked(text))

    def test_t10_questions_of_a_visitor_have_a_limit(self):
        queries = self.env["crm.knowledge.query"]
        words = [f"{chr(97 + number)}umbrok" for number in range(22)]
        for word in words:
            queries._note_public(word, "192.0.2.1")
        queries._note_public(words[-1], "192.0.2.2")

        self.assertEqual(queries.search_count([("text", "in", words)]), 21)

    def test_t20_who_asked_is_forgotten_the_day_after(self):
        queries = self.env["crm.knowledge.query"]
        queries._note_public("quokka", "192.0.2.1")
        asked = queries.search([("text", "=", "quokka")])
        self.assertNotIn("192.0.2.1", asked.visitor)
        asked.date = Date.today() - timedelta(days=1)
        asked.flush_recordset()

        queries._gc_visitors()

        self.assertTrue(asked.exists())
        self.assertFalse(asked.visitor)

    def test_a_browser_tells_what_was_asked(self):
        self.browser_js(
            "/knowledge?search=quokka",
            """
            const isTold = () => performance
                .getEntriesByType("resource")
                .some((entry) => entry.name.endsWith("/knowledge/asked") && entry.responseEnd);
            const look = () => isTold()
                ? console.log("test successful")
                : requestAnimationFrame(look);
            look();
            """,
        )

        self.assertTrue(self.env["crm.knowledge.query"].search([("visitor", "!=", False)]))

    def test_t21_files_of_an_article_are_not_asked_for(self):
        self.env["ir.attachment"].create(
            {
                "name": "quokkafile.txt",
                "raw": b"quokkaword",
                "res_model": "crm.knowledge.article",
                "res_id": self.open.id,
            }
        )

        for question in ("quokkafile", "quokkaword", "quokkafil"):
            with self.subTest(question=question):
                self.assertEqual(self._suggest(question), [])
        found = self._suggest("goods -quokkafile")
        self.assertEqual([hit["id"] for hit in found], self.open.ids)
        self.assertNotIn("quokka", str(found))

    def test_a_visitor_says_once_whether_it_has_helped(self):
        self.assertEqual(self._send(self.open, helpful="yes").status_code, 303)
        self.assertEqual(self._send(self.open, helpful="no", note="Which mail?").status_code, 303)

        self.assertRecordValues(
            self.open.public_opinion_ids,
            [{"version": 1, "is_helpful": False, "note": "Which mail?"}],
        )
        self.assertEqual(self.open.public_helpful_percent, 0)

    def test_t3_looking_changes_nothing(self):
        path = self.open._get_public_path() + "/opinion?helpful=yes"

        self.assertIn(self.url_open(path).status_code, (404, 405))
        self.assertFalse(self.open.public_opinion_ids)

    def _use(self):
        return self.env["crm.knowledge.use"]._sealed_create(
            [
                {
                    "article_id": self.open.id,
                    "res_model": "res.partner",
                    "res_id": self.customer_user.partner_id.id,
                    "state": "sent",
                    "user_id": self.reader.id,
                    "company_id": self.env.company.id,
                    "date": "2026-11-02 08:00:00",
                    "token": "quokka-token",
                }
            ]
        )

    def test_t3_opening_a_link_counts_nothing_and_moving_on_the_page_does(self):
        use = self._use()
        page = self._visit(
            self.open._get_public_path().removeprefix("/knowledge") + "?answer=quokka-token"
        )

        self.assertIn('data-answer="quokka-token"', page.text)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertFalse(use.date_opened)
        self.make_jsonrpc_request("/knowledge/opened", {"answer": "quokka-token"})
        self.assertTrue(use.date_opened)

    def test_t2_wrong_links_all_get_the_same_answer(self):
        self._use()
        for answer in ("quokka-token", "wrong", "", None, 5, ["quokka-token"], {}, "%", "x" * 9999):
            with self.subTest(answer=str(answer)[:20]):
                self.assertIsNone(
                    self.make_jsonrpc_request("/knowledge/opened", {"answer": answer})
                )

    def test_t4_a_form_brings_an_opinion_and_nothing_else(self):
        self._send(self.open, helpful="yes", article_id=self.inner.id, version=7, visitor="x")

        opinion = self.open.public_opinion_ids
        self.assertEqual(opinion.version, 1)
        self.assertFalse(self.inner.public_opinion_ids)

    def test_t5_garbage_is_no_error(self):
        for path in (
            "?search=" + "x" * 3000,
            "?search=%00%27%22%26%7C!()",
            "?category=abc",
            "?category=99999999999999999999",
            "?category[]=1&search[]=2",
        ):
            with self.subTest(path=path[:40]):
                self.assertEqual(self._visit(path).status_code, 200)
        for slug in ("/x", "/-1", "/a-99999999999999999999", "/0"):
            with self.subTest(slug=slug):
                self.assertEqual(self._visit(slug).status_code, 404)
        for text in (None, 5, [], {}, "", "x" * 20_000):
            with self.subTest(text=str(text)[:20]):
                self.assertEqual(self._suggest(text), [])
        self.assertEqual(self._send(self.open, helpful="maybe").status_code, 400)

    def test_t10_opinions_have_a_limit(self):
        opinions = self.env["crm.knowledge.public.opinion"]
        articles = [self.article(published=True, publicity="public") for _number in range(21)]
        kept = [opinions._note(article, "192.0.2.1", True, "") for article in articles]

        self.assertEqual(kept, [True] * 20 + [False])
        self.assertTrue(opinions._note(articles[-1], "192.0.2.2", True, ""))

    def test_t20_the_visitor_is_forgotten_and_the_opinion_stays(self):
        opinions = self.env["crm.knowledge.public.opinion"]
        opinions._note(self.open, "192.0.2.1", False, "No address")
        opinion = self.open.public_opinion_ids
        self.assertNotIn("192.0.2.1", opinion.sudo().visitor)
        opinion.date = "2020-01-01 00:00:00"
        opinion.flush_recordset()

        opinions._gc_visitors()

        opinion.invalidate_recordset()
        self.assertEqual((opinion.sudo().visitor, opinion.note), (False, "No address"))

    def test_t1_opinions_are_read_by_who_answers_for_the_article(self):
        opinions = self.env["crm.knowledge.public.opinion"]
        opinions._note(self.open, "192.0.2.1", False, "No address")
        for user, count in ((self.reader, 0), (self.author, 1), (self.reviewer, 1)):
            with self.subTest(user=user.login):
                own = opinions.with_user(user)
                self.assertEqual(own.search_count([("article_id", "=", self.open.id)]), count)
                with self.assertRaises(AccessError):
                    own.create([{"article_id": self.open.id, "is_helpful": True}])

    def test_what_is_limited_is_not_put_on_pages(self):
        with self.assertRaisesRegex(ValidationError, "take it off the pages"):
            self.open.write(
                {"access": "limited", "reader_user_ids": [Command.set(self.reader.ids)]}
            )

    def test_readers_put_nothing_on_pages(self):
        with self.assertRaises(UserError):
            self.inner.with_user(self.colleague).publicity = "public"
