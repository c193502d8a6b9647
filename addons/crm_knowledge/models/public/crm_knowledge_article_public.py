from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic import lifecycle
from ...logic.contents import make_contents
from ...logic.variables import fill_all

#: Where the pages are; an article's own address follows.
ADDRESS = "/knowledge"


class CrmKnowledgeArticle(models.Model):
    """Articles as pages for customers or for everybody.

    Customers and visitors get no right on the model: the pages search in superuser mode within
    the domain of ``_get_public_domain``, and show chosen values of what they find there.
    """

    _inherit = "crm.knowledge.article"

    publicity = fields.Selection(
        [("portal", "Customers who have signed in"), ("public", "Everybody, search engines too")],
        "On the Pages for",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="Title, summary and text are shown there while the article is in force. Empty: for"
        " employees only.",
    )
    public_url = fields.Char("Page", compute="_compute_public_url")
    public_opinion_ids = fields.One2many(
        "crm.knowledge.public.opinion", "article_id", "Opinions of Visitors"
    )
    public_opinion_count = fields.Integer(compute="_compute_public_opinion_count")
    public_helpful_percent = fields.Integer(
        "Helpful to Visitors (%)", compute="_compute_public_opinion_count"
    )

    @api.depends("publicity", "name")
    def _compute_public_url(self):
        for article in self:
            shown = article.publicity and isinstance(article.id, int)
            article.public_url = shown and article._get_public_path()

    @api.depends("public_opinion_ids.is_helpful")
    @api.depends_context("uid")
    def _compute_public_opinion_count(self):
        rows = self.env["crm.knowledge.public.opinion"]._read_group(
            [("article_id", "in", self.ids)], ["article_id", "is_helpful"], ["__count"]
        )
        counts = {(article.id, is_helpful): count for article, is_helpful, count in rows}
        for article in self:
            helpful = counts.get((article.id, True), 0)
            whole = helpful + counts.get((article.id, False), 0)
            article.public_opinion_count = whole
            article.public_helpful_percent = helpful * 100 // whole if whole else 0

    @api.constrains("publicity", "access")
    def _check_publicity(self):
        for article in self:
            if article.publicity and article.access != "open":
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is limited to chosen readers and cannot be shown to others."
                        " Open it, or take it off the pages.",
                        name=article.name,
                    )
                )

    @api.model
    def _get_public_domain(self):
        """Return what the present visitor may see; nothing that is limited, whoever marked it."""
        everybody = self.env.user._is_public()
        companies = [self.env.company.id, False]
        return Domain(
            [
                ("publicity", "in", ["public"] if everybody else ["public", "portal"]),
                ("state", "in", sorted(lifecycle.IN_FORCE)),
                ("active", "=", True),
                ("revision_of_id", "=", False),
                ("access", "=", "open"),
                ("company_id", "in", companies),
                ("category_id", "any", [("limiting_ids", "=", False)]),
                ("category_id", "any", [("company_id", "in", companies)]),
            ]
        )

    @api.model
    def _search_public(self, domain=Domain.TRUE, **options):
        """Return articles of the pages in superuser mode, within what the visitor may see."""
        # sudo: visitors have no right on the model; the domain is all they get
        return self.sudo().search(self._get_public_domain() & Domain(domain), **options)

    @api.model
    def _open_public(self, article_id):
        """Return the article of a page; nothing where there is none for the visitor."""
        if not isinstance(article_id, int) or not 0 < article_id < 2**31:
            return self.browse()
        return self._search_public([("id", "=", article_id)])

    def _get_public_path(self):
        """Return the address of the page, with words that people and search engines read."""
        self.ensure_one()
        slug = self.env["ir.http"]._slug((self.id, self.name))
        return f"{ADDRESS}/{slug}"

    def _get_public_text(self):
        """Return the text with anchors, and its headings."""
        self.ensure_one()
        body = fill_all(self.body or "", self._get_public_variables(), lambda one: str(escape(one)))
        html, headings = make_contents(body)
        # cleaned when it was written; anchors are made of digits
        return Markup(html), headings

    def _get_public_variables(self):
        """Return what places in a text are filled with for visitors: what they may know."""
        company = (self.company_id or self.env.company).sudo()  # sudo: as on every paper of it
        return {
            "company": company.name or "",
            "company_phone": company.phone or "",
            "company_email": company.email or "",
        }

    def _get_public_related(self):
        """Return related articles that have a page for the visitor."""
        return self._search_public([("id", "in", self.related_ids.ids)])

    def _get_public_translations(self):
        """Return the same article in other languages, as far as the visitor may see it."""
        whole = self.translation_of_id or self
        others = (whole | whole.translation_ids) - self
        return self._search_public([("id", "in", others.ids)])

    @api.model
    def _get_public_categories(self):
        """Return the categories of the pages with how many articles stand in each."""
        # sudo: as in _search_public
        return self.sudo()._read_group(
            self._get_public_domain(), ["category_id"], ["__count"], order="category_id"
        )

    def action_open_public(self):
        """Open the page as visitors see it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self._get_public_path(), "target": "new"}
