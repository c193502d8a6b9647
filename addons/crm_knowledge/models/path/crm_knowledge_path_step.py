from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmKnowledgePathStep(models.Model):
    """An article on a path; who may not read the article does not see the step."""

    _name = "crm.knowledge.path.step"
    _description = "Step of a Reading Path"
    _inherit = ["crm.knowledge.part"]
    _order = "path_id, sequence, id"
    _rec_name = "article_id"

    path_id = fields.Many2one("crm.knowledge.path", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    article_id = fields.Many2one(
        domain=[("state", "in", ("published", "to_verify")), ("revision_of_id", "=", False)]
    )
    note = fields.Char("What to Look At", translate=True)
    is_read = fields.Boolean("Read by Me", compute="_compute_is_read")
    is_changed = fields.Boolean("Changed Since", compute="_compute_is_read")

    _article_uniq = models.UniqueIndex(
        "(path_id, article_id)", "The article is on this path already."
    )

    @api.depends("article_id.version")
    @api.depends_context("uid")
    def _compute_is_read(self):
        readings = self.env["crm.knowledge.path.reading"]
        versions = readings._get_versions(self.article_id, self.env.user)
        for step in self:
            version = versions.get((step.article_id.id, self.env.uid), 0)
            step.is_read = version > 0
            step.is_changed = 0 < version < step.article_id.version

    def action_open(self):
        """Open the article to be read."""
        self.ensure_one()
        self.check_access("read")
        return self.article_id._open_to_read()

    def action_read(self):
        """Say that one has read the article, as it is now."""
        self.check_access("read")
        articles = self.article_id
        for article in articles:
            if not article._is_in_force():
                raise UserError(
                    self.env._(
                        "“%(name)s” is not published any more. Ask its owner what holds now.",
                        name=article.name,
                    )
                )
        self.env["crm.knowledge.path.reading"]._note(articles)
