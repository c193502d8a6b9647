from odoo import api, fields, models, tools
from odoo.fields import Domain

from ...logic.query import read
from ...morphology import lexemes

MAX_PROMOTED = 3


class CrmKnowledgePromotion(models.Model):
    """An answer that editors put first for certain words, whatever else fits.

    Shown only to those who may read the article.
    """

    _name = "crm.knowledge.promotion"
    _description = "Promoted Answer"
    _order = "sequence, id"

    name = fields.Char(
        "Words",
        required=True,
        help="The answer comes first when a query has all these words, in any form.",
    )
    sequence = fields.Integer(default=10)
    article_id = fields.Many2one(
        "crm.knowledge.article",
        "Answer",
        required=True,
        ondelete="cascade",
        index=True,
        domain=[("state", "in", ("published", "to_verify"))],
    )
    active = fields.Boolean(default=True)

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _get_promotions(self):
        """Return pairs of the words that are needed, each as its lexemes, and the article."""
        # sudo: which of them are shown is judged for the user who searches
        return [
            (
                [frozenset(group.lexemes) for group in read(one.name, lexemes).groups],
                one.article_id.id,
            )
            for one in self.sudo().search([("article_id", "!=", False)])
        ]

    @api.model
    def _find(self, query, domain):
        """Return the articles promoted for a query among those of a domain the user may read."""
        asked = {lexeme for group in query.groups for lexeme in group.lexemes}
        fitting = [
            article_id
            for needed, article_id in self._get_promotions()
            if needed and all(not word.isdisjoint(asked) for word in needed)
        ]
        if not fitting:
            return []
        articles = self.env["crm.knowledge.article"]
        found = set(articles._search(Domain(domain) & Domain("id", "in", fitting)))
        return [one for one in dict.fromkeys(fitting) if one in found][:MAX_PROMOTED]
