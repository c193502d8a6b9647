from odoo import api, fields, models

from ...logic.text import make_digest

#: Which fields make the text of an article.
TEXT_FIELDS = ("name", "summary", "body", "lang")


class CrmKnowledgeArticleVersion(models.Model):
    """What an article said from one moment to the next: frozen, with a fingerprint.

    Sealed: who has read which version, and which one was in force when, is proof for and against
    people. The owner's way in is ``_freeze``.
    """

    _name = "crm.knowledge.article.version"
    _description = "Version of a Knowledge Article"
    _inherit = ["crm.knowledge.part", "crm.deadline.sealed"]
    _order = "article_id, number desc"

    article_id = fields.Many2one(readonly=True, ondelete="restrict")
    number = fields.Integer("Version", required=True, readonly=True)
    name = fields.Char("Title", required=True, readonly=True)
    summary = fields.Char(readonly=True)
    body = fields.Html("Text", readonly=True)
    lang = fields.Char("Language", required=True, readonly=True)
    digest = fields.Char(
        "Fingerprint", required=True, readonly=True, help="SHA-256 of title, summary and text."
    )
    user_id = fields.Many2one(
        "res.users", "Published by", required=True, readonly=True, ondelete="restrict"
    )
    writer_ids = fields.Many2many(
        "res.users",
        "crm_knowledge_article_version_writer_rel",
        string="Written by",
        readonly=True,
    )
    date = fields.Datetime("In Force Since", required=True, readonly=True)
    date_end = fields.Datetime(
        "In Force Until", readonly=True, help="Empty: in force, unless the article is archived."
    )

    _number_uniq = models.UniqueIndex("(article_id, number)", "This version is there already.")
    _in_force_uniq = models.UniqueIndex(
        "(article_id) WHERE date_end IS NULL", "Another version of the article is in force."
    )

    @api.depends("name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(name)s, version %(number)s", name=version.name, number=version.number
            )

    @api.model
    def _get_in_force(self, article, moment):
        """Return the version of an article that was in force at a moment (naive UTC), or none."""
        # sudo: what applied then does not depend on who asks
        return self.sudo().search(
            [
                ("article_id", "=", article.id),
                ("date", "<=", moment),
                "|",
                ("date_end", "=", False),
                ("date_end", ">", moment),
            ],
            limit=1,
        )

    @api.model
    def _freeze(self, articles):
        """Keep what the articles say now as their next version, unless it is what they said.

        Return the new versions. Only the life cycle calls this, when a text comes into force.
        """
        now = self.env.cr.now()
        new = []
        latest = self.search([("article_id", "in", articles.ids), ("date_end", "=", False)])
        in_force = {version.article_id.id: version for version in latest}
        ended = self.browse()
        for article in articles:
            last = in_force.get(article.id, self.browse())
            vals = self._prepare_version(article)
            if last.digest == vals["digest"]:
                continue
            ended |= last
            new.append({**vals, "date": now, "number": article.version + 1})
        if ended:
            ended._sealed_write({"date_end": now})
            ended.flush_recordset(["date_end"])  # two in force at a time are refused by the table
        return self._sealed_create(new)

    @api.model
    def _prepare_version(self, article):
        """Hook: return what is kept of an article's text; what matters belongs to the digest."""
        texts = {name: article[name] or False for name in TEXT_FIELDS}
        return {
            **texts,
            "article_id": article.id,
            "user_id": self.env.uid,
            "writer_ids": article.writer_ids.ids,
            "digest": make_digest({name: text or "" for name, text in texts.items()}),
        }
