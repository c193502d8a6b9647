from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_knowledge_use import USED


class CrmKnowledgeArticle(models.Model):
    """How often an article was used, whether it helped, and how long it took to be published."""

    _inherit = "crm.knowledge.article"

    use_ids = fields.One2many("crm.knowledge.use", "article_id", "Uses")
    use_count = fields.Integer("Times Used", compute="_compute_use_count")
    opinion_ids = fields.One2many("crm.knowledge.opinion", "article_id", "Opinions")
    helpful_percent = fields.Float("Helpful (%)", compute="_compute_helpful_percent", digits=(5, 1))
    opinion_count = fields.Integer("Number of Opinions", compute="_compute_helpful_percent")
    days_to_publish = fields.Float(
        compute="_compute_days_to_publish",
        store=True,
        aggregator="avg",
        digits=(16, 1),
        help="From the first word to the first version in force.",
    )

    @api.depends("use_ids.state")
    @api.depends_context("uid")
    def _compute_use_count(self):
        used = self.env["crm.knowledge.use"]._read_group(
            [("article_id", "in", self.ids), ("state", "in", USED)], ["article_id"], ["__count"]
        )
        counts = {article.id: count for article, count in used}
        for article in self:
            article.use_count = counts.get(article.id, 0)

    @api.depends("opinion_ids.is_helpful")
    @api.depends_context("uid")
    def _compute_helpful_percent(self):
        said = self.env["crm.knowledge.opinion"]._read_group(
            [("article_id", "in", self.ids)], ["article_id", "is_helpful"], ["__count"]
        )
        counts = {(article.id, is_helpful): count for article, is_helpful, count in said}
        for article in self:
            helpful = counts.get((article.id, True), 0)
            article.opinion_count = helpful + counts.get((article.id, False), 0)
            article.helpful_percent = (
                100.0 * helpful / article.opinion_count if article.opinion_count else 0.0
            )

    @api.depends("date_published")
    def _compute_days_to_publish(self):
        for article in self:
            published, begun = article.date_published, article.create_date
            took = (published - begun).total_seconds() / 86_400 if published and begun else 0.0
            article.days_to_publish = max(took, 0.0)

    def rate(self, is_helpful, reason=None, note=None):
        """Say whether the article has helped; the last word of a reader on a version counts.

        :param reason: why not, one of the reasons of ``crm.knowledge.opinion``
        """
        self.check_access("read")
        for article in self:
            if not article._is_in_force():
                raise UserError(
                    self.env._(
                        "“%(name)s” is not published: tell its owner in a comment what you think.",
                        name=article.name,
                    )
                )
            self.env["crm.knowledge.opinion"]._note(article, bool(is_helpful), reason, note)

    def action_helpful(self):
        """Say that the article has helped."""
        self.rate(True)
