from odoo import fields, models


class CrmKnowledgeFavorite(models.Model):
    """Somebody keeps an article at hand: each reader's own list, seen by nobody else.

    Rows of their own, so that a list of favorites neither changes an article nor waits for it.
    """

    _name = "crm.knowledge.favorite"
    _description = "Favorite Knowledge Article"
    _inherit = ["crm.knowledge.part"]
    _rec_name = "article_id"

    user_id = fields.Many2one("res.users", required=True, index=True, ondelete="cascade")

    _once = models.UniqueIndex("(article_id, user_id)")
