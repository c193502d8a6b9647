from __future__ import annotations

import re
from urllib.parse import urlencode

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from odoo.http import Controller, request, route

from odoo.addons.portal.controllers.portal import pager

from ..models.public.crm_knowledge_article_public import ADDRESS
from ..models.public.crm_knowledge_article_public_search import MOST_PAGES, SUGGESTED

PER_PAGE = 50
MAX_PAGE = 10**6
MOST_SIGNS = 4000  # of what a form brings
MOST_TOKEN = 64
RESULTS = re.compile("[1-9][0-9]{0,2}")  # the number of a page


def render(template, values, *, is_open, status=200):
    """Render a page: what everybody reads is for search engines, anything else for nobody else."""
    response = request.render(template, {"page_name": "knowledge", **values}, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    if not is_open:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "no-store"
    return response


def list_pages(env, _rule, query):
    """Tell the list of pages of a website, where there is one, which articles it has."""
    domain = [("publicity", "=", "public")]
    for article in env["crm.knowledge.article"]._search_public(domain):
        address = article._get_public_path()
        if not query or query.lower() in address:
            yield {"loc": address, "lastmod": (article.date_edited or article.write_date).date()}


class KnowledgePages(Controller):
    """The knowledge base for customers and everybody else: what is marked so, and in force."""

    def _open(self, slug):
        """Return the article of an address; what is hidden and what is not there are the same.

        :raise NotFound: where there is none for the visitor
        """
        _name, article_id = request.env["ir.http"]._unslug(slug)
        article = request.env["crm.knowledge.article"]._open_public(article_id)
        if not article:
            raise NotFound
        return article

    @route(
        [ADDRESS, f"{ADDRESS}/page/<int:page>"],
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=True,
    )
    def knowledge_home(self, page=1, search="", category="", results="", **_kwargs):
        """Show a box to ask in, and what there is to read; what is unknown counts as not there."""
        articles = request.env["crm.knowledge.article"]
        categories = articles._get_public_categories()
        chosen = next((one for one, _count in categories if str(one.id) == category), None)
        domain = [("category_id", "=", chosen.id)] if chosen else []
        pages = pager(
            url=ADDRESS,
            total=sum(count for one, count in categories if not chosen or one == chosen),
            page=min(page, MAX_PAGE),
            step=PER_PAGE,
            url_args={"category": chosen.id} if chosen else {},
        )
        shown = articles._search_public(
            domain, order="name, id", limit=PER_PAGE, offset=pages["offset"]
        )
        search = search.replace("\x00", "")[:MOST_SIGNS]
        number = min(int(results), MOST_PAGES) if RESULTS.fullmatch(results) else 1
        found, has_more = articles._find_public_page(search, number)
        return render(
            "crm_knowledge.public_home",
            {
                "search": search,
                # snippets are escaped where they are made, with marks around what was found
                "found": [{**hit, "snippet": Markup(hit["snippet"])} for hit in found],
                "results_before": self._get_results_url(search, number - 1),
                "results_after": self._get_results_url(search, number + 1) if has_more else "",
                "categories": categories,
                "category": chosen,
                "articles": shown,
                "pager": pages,
            },
            is_open=not search and request.env.user._is_public(),
        )

    def _get_results_url(self, search, number):
        """Return the address of a page of what a search has found; none before the first."""
        query = urlencode({"search": search, "results": number})
        return f"{ADDRESS}?{query}" if number else ""

    @route(
        f"{ADDRESS}/<string:slug>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=list_pages,
    )
    def knowledge_article(self, slug, done="", answer="", **_kwargs):
        """Show an article. Only looks: what changes something is sent by a form."""
        article = self._open(slug)
        path = article._get_public_path()
        if path != f"{ADDRESS}/{slug}":
            query = request.httprequest.query_string.decode("ascii", "replace")
            return request.redirect(f"{path}?{query}" if query else path, code=301)
        return self._render_article(article, done=bool(done), answer=answer[:MOST_TOKEN])

    def _render_article(self, article, status=200, answer="", **values):
        text, headings = article._get_public_text()
        return render(
            "crm_knowledge.public_article",
            {
                "article": article,
                "text": text,
                "headings": headings,
                "related": article._get_public_related(),
                "translations": article._get_public_translations(),
                "address": article.get_base_url() + article._get_public_path(),
                "answer": answer,
                **values,
            },
            is_open=article.publicity == "public" and status == 200 and not answer,
            status=status,
        )

    @route(
        f"{ADDRESS}/<string:slug>/opinion",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=16 * 1024,
    )
    def knowledge_opinion(self, slug, helpful="", note="", **_kwargs):
        """Take what a visitor thinks of a page."""
        article = self._open(slug)
        if helpful not in ("yes", "no"):
            return self._render_article(article, status=400)
        address = request.httprequest.remote_addr or ""
        opinions = request.env["crm.knowledge.public.opinion"]
        if not opinions._note(article, address, helpful == "yes", note):
            return self._render_article(article, status=429, is_flood=True)
        return request.redirect(f"{article._get_public_path()}?done=1#opinion", code=303)

    @route(f"{ADDRESS}/suggest", type="jsonrpc", auth="public", readonly=True, website=True)
    def knowledge_suggest(self, text="", **_kwargs):
        """Return answers to what somebody is writing in a form, before it is sent."""
        if not isinstance(text, str):
            return []
        return request.env["crm.knowledge.article"]._find_public(text[:MOST_SIGNS], SUGGESTED)

    @route(f"{ADDRESS}/asked", type="jsonrpc", auth="public", website=True)
    def knowledge_asked(self, text="", **_kwargs):
        """Note what a visitor has asked in vain; tells nobody anything."""
        address = request.httprequest.remote_addr or ""
        request.env["crm.knowledge.query"]._note_public(text, address)

    @route(f"{ADDRESS}/opened", type="jsonrpc", auth="public", website=True)
    def knowledge_opened(self, answer="", **_kwargs):
        """Note that somebody reads the page an answer has linked to; tells nobody anything."""
        request.env["crm.knowledge.use"]._note_opened(answer)
