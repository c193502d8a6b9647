from odoo import fields, models


class CrmKnowledgeArticle(models.Model):
    """What an article is about: customers, stages, reasons. An open record finds it by these.

    Bridges add links to what their add-ons bring: products, causes of complaints, standards.
    """

    _inherit = "crm.knowledge.article"

    related_ids = fields.Many2many(
        "crm.knowledge.article",
        "crm_knowledge_article_related_rel",
        "article_id",
        "related_id",
        string="Related Articles",
        domain="[('revision_of_id', '=', False), ('id', '!=', id)]",
    )
    partner_category_ids = fields.Many2many(
        "res.partner.category",
        "crm_knowledge_article_partner_category_rel",
        string="Tags of Customers",
        help="Offered when one works with customers who have such a tag.",
    )
    stage_ids = fields.Many2many(
        "crm.stage",
        "crm_knowledge_article_stage_rel",
        string="Stages",
        help="Offered on opportunities in such a stage.",
    )
    lost_reason_ids = fields.Many2many(
        "crm.lost.reason",
        "crm_knowledge_article_lost_reason_rel",
        string="Lost Reasons",
        help="Helps against losing a deal for such a reason.",
    )
