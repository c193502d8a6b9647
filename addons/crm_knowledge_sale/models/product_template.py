from odoo import api, fields, models


class ProductTemplate(models.Model):
    """Articles speak of a product: what it is called, what it costs, whether one can buy it."""

    _name = "product.template"
    _inherit = ["crm.knowledge.cited", "product.template"]

    knowledge_article_count = fields.Integer(
        "Articles", compute="_compute_knowledge_article_count", groups="crm_knowledge.group_user"
    )

    @api.depends_context("uid")
    def _compute_knowledge_article_count(self):
        rows = self.env["crm.knowledge.article"]._read_group(
            [("product_ids", "in", self.ids), ("revision_of_id", "=", False)],
            ["product_ids"],
            ["__count"],
        )
        counts = {product.id: count for product, count in rows}
        for product in self:
            product.knowledge_article_count = counts.get(product.id, 0)

    @api.model
    def _get_cited_fields(self):
        own = ["name", "list_price", "uom_id", "description_sale", "sale_ok", "active"]
        return [*super()._get_cited_fields(), *own]

    def _doubt_articles(self, names):
        # pylint: disable=missing-return; a hook returns nothing
        super()._doubt_articles(names)
        for product in self:
            reason = self.env._(
                "The product “%(name)s” has changed: %(fields)s.",
                name=product.name,
                fields=self._get_field_labels(names),
            )
            self.env["crm.knowledge.article"]._doubt_citing("product_ids", product, reason)

    def action_view_articles(self):
        """Open the articles that speak of the product."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_knowledge.crm_knowledge_article_action"
        )
        domain = [("product_ids", "in", self.ids), ("revision_of_id", "=", False)]
        return {**action, "domain": domain, "context": {}}
