"""What somebody sends who wants to break it, or in: by program, by links and by forms."""

import inspect
from datetime import datetime
from urllib.parse import urlsplit

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.models import BaseModel
from odoo.service.model import get_public_method
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import KnowledgeCase

OURS = "odoo.addons.crm_knowledge"
MISSING = 2**31 - 1
GARBAGE = (None, True, 0, -1, 1.5, 2**70, "x" * 5000, "\x00", "'; --", [], [[]], [{}], {}, {"a": 1})


class HostileCase(KnowledgeCase):
    """One record of each kind, so that every method has something to be called on."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.known = cls.article(
            published=True, name="Zanzibarite", publicity="public", is_to_confirm=True
        )
        cls.draft = cls.article(name="Unfinished")
        cls.env["crm.knowledge.reading"]._settle(cls.known)
        cls.known.with_user(cls.reader).rate(True)
        cls.known.with_user(cls.reader).toggle_favorite()
        cls.env["crm.knowledge.public.opinion"]._note(cls.known, "192.0.2.9", True, "")
        customer = cls.customer_user.partner_id
        cls.env["crm.knowledge.use"]._note(cls.known, customer, "copied")
        cls.env["crm.knowledge.flag"].with_user(cls.reader).create(
            {"article_id": cls.known.id, "reason": "unclear", "note": "Not so"}
        )
        path = cls.env["crm.knowledge.path"].create({"name": "First week"})
        cls.env["crm.knowledge.path.step"].create({"path_id": path.id, "article_id": cls.known.id})
        cls.env["crm.knowledge.path.person"].create({"path_id": path.id, "user_id": cls.reader.id})
        cls.env.flush_all()

    def _get_models(self):
        """Return the models that the add-on brings, and those it lets ask."""
        ours = [
            name
            for name, model in self.env.registry.items()
            if model._original_module == "crm_knowledge" and not model._abstract
        ]
        pages = {"crm.knowledge.home", "crm.knowledge.overview", "crm.knowledge.desk"}
        return sorted({*ours, *pages, "crm.lead", "res.partner"})

    def _get_own_methods(self, records):
        """Return the methods of ours that can be called from outside, with how many arguments."""
        own = {}
        for name in dir(type(records)):
            method = getattr(type(records), name, None)
            is_ours = (getattr(method, "__module__", "") or "").startswith(OURS)
            if not is_ours or hasattr(BaseModel, name):
                continue
            try:
                get_public_method(records, name)
            except (AccessError, AttributeError):
                continue
            own[name] = len(inspect.signature(method).parameters) - 1
        return own


class TestHostileMethods(HostileCase):
    """Every public method, as everybody, with nonsense."""

    def _call(self, records, name, arguments):
        """Call a method; a refusal in words is fine, any other error is returned."""
        problem = ""
        with self.env.cr.savepoint() as savepoint:
            try:
                getattr(records, name)(*arguments)
                self.env.flush_all()
            except UserError:
                problem = ""
            except Exception as error:  # what is looked for
                problem = f"{records._name}.{name}{arguments!r}"[:200] + f": {error!r}"
            savepoint.rollback()
        self.env.invalidate_all()
        return problem

    def _get_arguments(self, count):
        """Return lists of so many arguments: all nonsense, or all but the first."""
        if not count:
            return [[]]
        firsts = ("body", self.known.id) if count > 1 else ()
        rests = [[garbage] * (count - 1) for garbage in GARBAGE]
        mixed = [[first, *rest] for first in firsts for rest in rests]
        return [[garbage] * count for garbage in GARBAGE] + mixed

    def _try_all(self, user):
        answers = []
        for model in self._get_models():
            records = self.env[model].with_user(user)
            sample = self.env[model].search([], limit=1).with_user(user) if records._auto else None
            for one in filter(None, (sample, records.browse(MISSING))):
                for name, count in self._get_own_methods(records).items():
                    answers += [self._call(one, name, sent) for sent in self._get_arguments(count)]
        return answers

    @mute_logger("odoo.sql_db", "odoo.models", "odoo.addons.base.models.ir_model")
    def test_t5_t14_nonsense_is_refused_in_words_whoever_sends_it(self):
        for user in (self.reader, self.author, self.manager, self.customer_user, self.outsider):
            with self.subTest(user=user.login):
                answers = self._try_all(user)
                self.assertGreater(len(answers), 300)
                self.assertFalse([problem for problem in answers if problem])


@tagged("post_install", "-at_install")
class TestHostileRoutes(HttpCase, HostileCase):
    """The routes of the pages for customers."""

    def _get_routes(self):
        modules = self.env.registry._init_modules | {"base", "web"}
        return {
            url: endpoint
            for url, endpoint in http._generate_routing_rules(modules, nodb_only=False)
            if any(
                parent.__module__.startswith(OURS + ".")
                for parent in type(endpoint.func.__self__).__mro__
            )
        }

    def test_t3_what_changes_something_is_sent_and_never_opened(self):
        routes = self._get_routes()
        changing = {
            "/knowledge/<string:slug>/opinion",
            "/knowledge/asked",
            "/knowledge/opened",
        }

        self.assertEqual(len(routes), 7)
        for url, endpoint in routes.items():
            with self.subTest(url=url):
                methods = endpoint.routing.get("methods") or ["POST"]
                self.assertEqual(methods, ["POST"] if url in changing else methods)
                self.assertNotIn("csrf", endpoint.routing)

    @mute_logger("odoo.http", "werkzeug")
    def test_t3_an_opinion_without_the_token_of_its_page_is_refused(self):
        path = self.known._get_public_path() + "/opinion"

        answer = self.url_open(path, data={"helpful": "no"})

        self.assertEqual(answer.status_code, 400)
        self.assertEqual(self.known.public_opinion_ids.mapped("is_helpful"), [True])

    @mute_logger("odoo.http", "werkzeug")
    def test_t5_nonsense_in_addresses_is_no_error_of_the_server(self):
        paths = (
            "/knowledge/page/0",
            "/knowledge/page/999999999999",
            "/knowledge?search=a&results=zzz",
            "/knowledge?search=a&results=-5",
            "/knowledge?search=a&results=99999999999999999999",
            "/knowledge?search[]=a",
            "/knowledge?category=1&category=2",
            "/knowledge?search=%F0%9F%98%80",
            "/knowledge?search=%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D",
            "/knowledge/..%2f..%2fweb",
            f"{self.known._get_public_path()}?done[]=1&answer[]=2",
            f"{self.known._get_public_path()}?answer=" + "x" * 5000,
        )
        for path in paths:
            with self.subTest(path=path[:60]):
                self.assertLess(self.url_open(path).status_code, 500)

    def test_t5_nonsense_in_calls_is_no_error(self):
        for garbage in GARBAGE:
            with self.subTest(garbage=str(garbage)[:20]):
                self.assertEqual(
                    self.make_jsonrpc_request("/knowledge/suggest", {"text": garbage}), []
                )
                self.assertIsNone(
                    self.make_jsonrpc_request("/knowledge/opened", {"answer": garbage})
                )

    @mute_logger("odoo.http", "werkzeug")
    def test_t9_no_address_leads_elsewhere(self):
        for slug in ("//evil.example", "%2f%2fevil.example", f"evil.example-{self.known.id}"):
            with self.subTest(slug=slug):
                answer = self.url_open(f"/knowledge/{slug}", allow_redirects=False)
                target = urlsplit(answer.headers.get("Location", "/"))
                self.assertIn(target.netloc, ("", urlsplit(self.base_url()).netloc))

    def test_t6_what_is_asked_is_shown_as_text(self):
        page = self.url_open("/knowledge?search=<script>alert(1)</script>zanzibarite").text

        self.assertNotIn("<script>alert(1)", page)

    def test_t6_what_an_author_writes_brings_no_script(self):
        self.known.body = (
            '<p onclick="alert(1)">Zanzibarite</p><script>alert(2)</script>'
            '<a href="javascript:alert(3)">x</a><img src=x onerror="alert(4)">'
        )

        page = self.url_open(self.known._get_public_path()).text
        inside = self.env["crm.knowledge.article"].get_page(self.known.id)["body"]

        for shown in (page, inside):
            for sign in ("alert(1)", "alert(2)", "alert(3)", "alert(4)"):
                with self.subTest(sign=sign):
                    self.assertNotIn(sign, shown)

    @mute_logger("odoo.http", "werkzeug")
    def test_t12_files_of_an_article_are_not_given_to_visitors(self):
        file = self.env["ir.attachment"].create(
            {
                "name": "prices.txt",
                "raw": b"secret prices",
                "res_model": "crm.knowledge.article",
                "res_id": self.known.id,
            }
        )

        for login in (None, "knw_customer"):
            self.authenticate(login, login)
            with self.subTest(login=login):
                answer = self.url_open(f"/web/content/{file.id}")
                self.assertNotEqual(answer.status_code, 200)
                self.assertNotIn(b"secret", answer.content)

    @mute_logger("odoo.http", "werkzeug")
    def test_t22_what_is_not_there_tells_nothing(self):
        answer = self.url_open(self.draft._get_public_path())

        self.assertEqual(answer.status_code, 404)
        for told in ("Unfinished", "Traceback", "crm.knowledge"):
            with self.subTest(told=told):
                self.assertNotIn(told, answer.text)

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.json2", "werkzeug")
    def test_t14_customers_and_visitors_reach_nothing_by_program(self):
        self.authenticate("knw_customer", "knw_customer")
        # customers read their own contact
        for model in set(self._get_models()) - {"res.partner"}:
            params = {"model": model, "method": "search_read", "args": [[]], "kwargs": {}}
            with self.subTest(model=model):
                answer = self.url_open("/web/dataset/call_kw", json={"params": params}).json()
                self.assertIn("error", answer)


class TestHostileMoment(HostileCase):
    """What was kept is what was said, and what is asked is a question and nothing else."""

    def test_t8_what_is_asked_is_never_part_of_a_statement(self):
        articles = self.env["crm.knowledge.article"].with_user(self.reader)

        for question in (
            "zanzibarite'); DROP TABLE crm_knowledge_index; --",
            "zanzibarite' | !'x' & (",
            'zanzibarite:* <-> % _ \\ "',
            "'||(SELECT password FROM res_users LIMIT 1)||'",
        ):
            with self.subTest(question=question):
                for method in ("search_articles", "suggest_titles", "name_search"):
                    self.assertIsInstance(getattr(articles, method)(question), list)
                self.assertTrue(articles.search([("search_text", "ilike", "zanzibarite")]))

    def test_t19_nobody_confirms_for_another_or_for_yesterday(self):
        reading = self.known.reading_ids.filtered(lambda one: one.user_id == self.reader)

        for user in (self.colleague, self.manager, self.env.ref("base.user_root")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                reading.with_user(user).write(
                    {"state": "confirmed", "date_confirmed": datetime(2020, 1, 1)}
                )
        self.assertEqual(reading.state, "asked")
