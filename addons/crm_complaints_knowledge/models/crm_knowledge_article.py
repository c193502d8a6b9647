from odoo import fields, models


class CrmKnowledgeArticle(models.Model):
    """An article answers complaints of a category, or helps against a cause."""

    _inherit = "crm.knowledge.article"

    complaint_category_ids = fields.Many2many(
        "crm.complaint.category",
        "crm_knowledge_article_complaint_category_rel",
        string="Categories of Complaints",
        help="Offered on complaints of these categories.",
    )
    complaint_cause_ids = fields.Many2many(
        "crm.complaint.cause",
        "crm_knowledge_article_complaint_cause_rel",
        string="Causes of Complaints",
        help="Offered on complaints with such a confirmed cause.",
    )
