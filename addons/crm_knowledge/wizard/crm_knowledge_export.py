from base64 import b64encode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ..folder import Sheet, find_pictures, write_folder
from ..logic import lifecycle

MAX_ARTICLES = 5000
MAX_BYTES = 200 * 1024 * 1024


class CrmKnowledgeExport(models.TransientModel):
    """Takes articles along: a zip of pages with their pictures and a list of contents.

    It holds what the user may read, and nothing that says who else may.
    """

    _name = "crm.knowledge.export"
    _description = "Export of Articles"

    article_ids = fields.Many2many(
        "crm.knowledge.article",
        "crm_knowledge_export_article_rel",
        string="Chosen Articles",
        default=lambda self: self._default_articles(),
        help="Empty: all articles in force.",
    )
    category_id = fields.Many2one(
        "crm.knowledge.category", help="With its parts. Empty: all categories."
    )
    file = fields.Binary(readonly=True, attachment=False)
    file_name = fields.Char(readonly=True)

    @api.model
    def _default_articles(self):
        """Return what was chosen in a list, as far as the user may read it."""
        chosen = self.env.context.get("active_ids")
        if self.env.context.get("active_model") != "crm.knowledge.article" or not chosen:
            return False
        return self.env["crm.knowledge.article"].search([("id", "in", chosen)])

    def action_export(self):
        """Write the folder, and have the browser fetch it."""
        self.ensure_one()
        self.check_access("write")
        if not self.env.user.has_group("base.group_allow_export"):
            raise AccessError(
                self.env._("You have no right to export. Ask an administrator for it.")
            )
        articles = self._get_articles()
        if not articles:
            raise UserError(self.env._("There is nothing to export here that you may read."))
        if len(articles) > MAX_ARTICLES:
            raise UserError(
                self.env._(
                    "These are more than %(limit)s articles. Export one category after another.",
                    limit=MAX_ARTICLES,
                )
            )
        name = self.category_id.name or self.env._("Knowledge Base")
        content = write_folder(
            name,
            [self._make_sheet(article) for article in articles],
            self._get_pictures(articles),
            self.get_base_url(),
        )
        self.write({"file": b64encode(content), "file_name": f"{name}.zip"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file?download=true"
            "&filename_field=file_name",
            "target": "self",
        }

    def _get_articles(self):
        """Return what is exported: chosen ones in whatever state, else what is in force."""
        articles = self.env["crm.knowledge.article"]
        if self.article_ids:
            domain = [("id", "in", self.article_ids.ids)]
        else:
            domain = [
                ("state", "in", sorted(lifecycle.IN_FORCE)),
                ("revision_of_id", "=", False),
            ]
        if self.category_id:
            domain.append(("category_id", "child_of", self.category_id.id))
        return articles.search(domain, order="name, id", limit=MAX_ARTICLES + 1)

    def _make_sheet(self, article):
        """Hook: return what is written of an article."""
        # sudo: where an article stands that the user reads, and whose it is
        above = article.sudo().category_id
        path = above.browse(map(int, above.parent_path.split("/")[:-1]))
        states = dict(article._fields["state"]._description_selection(self.env))
        verified = article.date_verified
        return Sheet(
            title=article.name,
            body=article.body or "",
            summary=article.summary or "",
            lang=article.lang,
            folders=tuple(path.mapped("name")),
            facts=(
                states[article.state],
                verified and self.env._("verified on %(day)s", day=format_date(self.env, verified)),
                article.sudo().user_id.name,  # sudo: as above
            ),
        )

    def _get_pictures(self, articles):
        """Return the pictures that the texts show, as far as the user may see them."""
        numbers = set().union(*(find_pictures(article.body or "") for article in articles))
        files = self.env["ir.attachment"].browse(sorted(numbers)).exists()
        files = files._filtered_access("read")
        if sum(files.mapped("file_size")) > MAX_BYTES:
            raise UserError(
                self.env._("The pictures are too many. Export one category after another.")
            )
        return {file.id: file.raw or b"" for file in files}
