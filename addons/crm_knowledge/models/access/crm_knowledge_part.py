from odoo import api, fields, models
from odoo.fields import Domain


class CrmKnowledgePart(models.AbstractModel):
    """What belongs to an article: who may read the article may know of it, and nobody else.

    Versions, flags, readings and uses inherit it. Being part of the search itself, the rule holds
    for lists, counts, groups and exports alike, and follows whatever rules articles have or get.
    Access lines and record rules of the model narrow it further.
    """

    _name = "crm.knowledge.part"
    _description = "Part of a Knowledge Article"

    article_id = fields.Many2one(
        "crm.knowledge.article", required=True, index=True, ondelete="cascade"
    )

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            articles = self.env["crm.knowledge.article"]._search([], active_test=False)
            domain = Domain(domain) & Domain("article_id", "in", articles)
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or not any(self._ids):
            return result
        # sudo: only to learn which article each part belongs to, whose own check then decides
        articles = self.sudo().article_id.sudo(False)
        refused = articles._check_access("read")
        if not refused:
            return None
        # sudo: as above
        forbidden = self.filtered(lambda part: part.sudo().article_id in refused[0])
        forbidden.invalidate_recordset(["article_id"])
        return forbidden, refused[1]
