from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import lifecycle
from ...logic.text import strip_html
from ..access.crm_knowledge_access import ACCESS

STATES = [
    (lifecycle.DRAFT, "Draft"),
    (lifecycle.IN_REVIEW, "In review"),
    (lifecycle.PUBLISHED, "Published"),
    (lifecycle.TO_VERIFY, "To be verified"),
]


class CrmKnowledgeArticle(models.Model):
    """An answer, instruction or regulation: written once, found and used by everybody.

    ``body`` is always what readers see; a new text of a published article is another article
    beside it until it is approved (``crm_knowledge_article_revision.py``). Who may do what is
    judged in ``crm_knowledge_article_lifecycle.py``, held on every path in
    ``crm_knowledge_article_keep.py``.
    """

    _name = "crm.knowledge.article"
    _description = "Knowledge Article"
    _inherit = [
        "html.field.history.mixin",
        "mail.thread",
        "mail.activity.mixin",
        "crm.knowledge.access",
    ]
    _order = "date_published desc, id desc"
    _check_company_auto = True
    # whoever reads an article may comment on it
    _mail_post_access = "read"

    name = fields.Char("Title", required=True, tracking=True)
    summary = fields.Char(help="The answer in a sentence: what a reader sees in lists.")
    body = fields.Html(
        "Text",
        compute="_compute_body",
        store=True,
        readonly=False,
        precompute=True,
        help="A new article begins with the sections of its type.",
    )
    type_id = fields.Many2one(
        "crm.knowledge.type",
        index=True,
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_type(),
    )
    category_id = fields.Many2one(
        "crm.knowledge.category",
        index=True,
        required=True,
        ondelete="restrict",
        tracking=True,
        check_company=True,
        default=lambda self: self._default_category(),
    )
    tag_ids = fields.Many2many("crm.knowledge.tag", string="Tags")
    lang = fields.Selection(
        selection="_get_lang_choices",
        string="Language",
        required=True,
        default=lambda self: self._default_lang(),
        help="In which language the text is written.",
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: shared by all companies."
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        index=True,
        tracking=True,
        ondelete="restrict",
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        help="Answers for the article: is asked to verify it, and told of what is wrong with it.",
    )
    active = fields.Boolean(default=True)
    access = fields.Selection([("open", "As in its category"), *ACCESS[1:]])
    reader_user_ids = fields.Many2many(relation="crm_knowledge_article_reader_user_rel")
    reader_group_ids = fields.Many2many(relation="crm_knowledge_article_reader_group_rel")
    reader_team_ids = fields.Many2many(relation="crm_knowledge_article_reader_team_rel")

    state = fields.Selection(
        STATES,
        required=True,
        readonly=True,
        default=lifecycle.DRAFT,
        index=True,
        tracking=True,
        copy=False,
    )
    writer_ids = fields.Many2many(
        "res.users",
        "crm_knowledge_article_writer_rel",
        string="Writers",
        readonly=True,
        copy=False,
        help="Who has changed the text since it was published last.",
    )
    edition = fields.Integer(
        readonly=True,
        copy=False,
        default=1,
        help="Counts every change of the text. A save that names an older edition is refused.",
    )
    edited_by_id = fields.Many2one(
        "res.users", "Text Changed by", readonly=True, copy=False, ondelete="restrict"
    )
    date_edited = fields.Datetime("Text Changed on", readonly=True, copy=False)
    version = fields.Integer(
        readonly=True, copy=False, help="The version in force; 0: never published."
    )
    version_ids = fields.One2many("crm.knowledge.article.version", "article_id", "Versions")
    date_published = fields.Datetime("Published on", readonly=True, copy=False, index=True)

    @api.model
    def _get_admission(self, user):
        """Let in whoever passes the limits of the category and the article's own."""
        categories = self.env["crm.knowledge.category"]._get_admission(user)
        return self._get_own_admission(user) & Domain("category_id", "any", categories)

    @api.model
    def _get_own_admission(self, user):
        """Let the owner in, to new texts of the article as well."""
        owns = Domain("user_id", "=", user.id) | Domain("revision_of_id.user_id", "=", user.id)
        return super()._get_own_admission(user) | owns

    def _get_admitted_people(self):
        """Let the owner in, to new texts of the article as well."""
        article = self.sudo()  # sudo: as in the rules
        owners = article.user_id | article.revision_of_id.user_id
        return super()._get_admitted_people() | Domain("id", "in", owners.ids)

    @api.model
    def _get_lang_choices(self):
        return self.env["res.lang"].get_installed()

    @api.model
    def _default_lang(self):
        """Return the user's language where it is installed, else the first one that is."""
        codes = [code for code, _name in self._get_lang_choices()]
        return self.env.user.lang if self.env.user.lang in codes else codes[0]

    @api.model
    def _default_type(self):
        return self.env["crm.knowledge.type"].search([], limit=1)

    @api.model
    def _default_category(self):
        return self.env["crm.knowledge.category"].search([], limit=1)

    @api.depends("type_id", "lang")
    def _compute_body(self):
        """Begin with the sections of the type; a text that was begun stays."""
        blank = self._get_blank_texts() if any(article.body for article in self) else {""}
        for article in self:
            if article.type_id and strip_html(article.body) in blank:
                article.body = article.type_id.with_context(lang=article.lang).template
            else:
                article.body = article.body

    @api.model
    def _get_blank_texts(self):
        """Return what counts as not begun: nothing, and the sections of any type."""
        types = self.env["crm.knowledge.type"].with_context(active_test=False)
        types = types.search([("template", "!=", False)])
        langs = [code for code, _name in self._get_lang_choices()]
        return {""} | {
            strip_html(text)
            for lang in langs
            for text in types.with_context(lang=lang).mapped("template")
        }
