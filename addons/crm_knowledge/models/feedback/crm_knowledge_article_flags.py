from odoo import api, fields, models


class CrmKnowledgeArticle(models.Model):
    """What readers say is wrong with an article."""

    _inherit = "crm.knowledge.article"

    flag_ids = fields.One2many("crm.knowledge.flag", "article_id", "Flags")
    flag_count = fields.Integer("Open Flags", compute="_compute_flag_count")

    @api.depends("flag_ids.state")
    @api.depends_context("uid")
    def _compute_flag_count(self):
        open_flags = self.env["crm.knowledge.flag"]._read_group(
            [("article_id", "in", self.ids), ("state", "=", "open")], ["article_id"], ["__count"]
        )
        counts = {article.id: count for article, count in open_flags}
        for article in self:
            article.flag_count = counts.get(article.id, 0)

    def _is_cared_for(self):
        """Whether the user answers for the article: its owner, a reviewer or an editor."""
        person = self._get_person()
        return person.is_owner or person.is_reviewer or person.is_editor

    def _ask_owner(self, activity_type):
        """Give the owners a task, one at a time, if they may read the article."""
        for article in self:
            owner = article._filter_readers(article.user_id)
            waiting = article.activity_search([activity_type], user_id=owner.id)
            if owner and not waiting:
                article.activity_schedule(activity_type, user_id=owner.id)
