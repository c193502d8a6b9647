from odoo import api, fields, models


class CrmKnowledgeArticle(models.Model):
    """Articles a reader wants at hand."""

    _inherit = "crm.knowledge.article"

    favorite_ids = fields.One2many("crm.knowledge.favorite", "article_id", "Kept at Hand")
    is_favorite = fields.Boolean(
        "Favorite", compute="_compute_is_favorite", search="_search_is_favorite"
    )

    @api.depends_context("uid")
    @api.depends("favorite_ids.user_id")
    def _compute_is_favorite(self):
        own = self.env["crm.knowledge.favorite"].search(
            [("article_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )
        for article in self:
            article.is_favorite = article in own.article_id

    @api.model
    def _search_is_favorite(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = [("user_id", "=", self.env.uid)]
        return [("favorite_ids", "any" if True in value else "not any", own)]

    def toggle_favorite(self):
        """Keep the article at hand, or not any more; return whether it is now."""
        self.ensure_one()
        self.check_access("read")
        # sudo: one's own line, which nobody writes in any other way
        favorites = self.env["crm.knowledge.favorite"].sudo()
        line = {"article_id": self.id, "user_id": self.env.uid}
        known = favorites.search([(name, "=", value) for name, value in line.items()])
        if known:
            known.unlink()
        else:
            favorites.create([line])
        return not known
