from odoo import fields, models


class CrmKnowledgeArticle(models.Model):
    """An article speaks of products: it is offered with them, and doubted when they change."""

    _inherit = "crm.knowledge.article"

    product_ids = fields.Many2many(
        "product.template",
        "crm_knowledge_article_product_rel",
        string="Products",
        check_company=True,
        help="Offered on orders of these products. When one of them or its price changes, the"
        " article is to be verified.",
    )
