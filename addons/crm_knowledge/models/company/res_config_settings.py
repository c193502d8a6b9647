from odoo import fields, models

from ..article.crm_knowledge_article_verify import VERIFY_PARAMETER


class ResConfigSettings(models.TransientModel):
    """Settings of the knowledge base: for all companies, as its articles may be shared."""

    _inherit = "res.config.settings"

    knowledge_verify_days = fields.Integer(
        "Verify Articles Every (days)",
        config_parameter=VERIFY_PARAMETER,
        help="After so many days somebody has to say that an article still holds, where neither"
        " the article nor its category sets another time. 0: never.",
    )

    def set_values(self):
        """Have the dates follow the setting."""
        # sudo: the setting is for all articles, also those the administrator cannot read
        articles = self.env["crm.knowledge.article"].sudo().with_context(active_test=False)
        before = articles._get_verify_days()
        result = super().set_values()
        if articles._get_verify_days() != before:
            articles.search([("date_verified", "!=", False)])._compute_date_verify_by()
        return result
