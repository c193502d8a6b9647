from odoo import api, models


class ProductPricelistItem(models.Model):
    """A price in a list that names its product; rules for whole categories doubt nothing."""

    _name = "product.pricelist.item"
    _inherit = ["crm.knowledge.cited", "product.pricelist.item"]

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._doubt_prices(items._get_named_products())
        return items

    def write(self, vals):
        before = {item.id: item._get_named_products() for item in self}
        result = super().write(vals)
        for item in self:
            now = item._get_named_products()
            if now != before[item.id]:
                item._doubt_prices(before[item.id] | now)
        return result

    def unlink(self):
        products = self._get_named_products()
        result = super().unlink()
        self._doubt_prices(products)
        return result

    @api.model
    def _get_cited_fields(self):
        own = [
            "compute_price",
            "fixed_price",
            "percent_price",
            "price_discount",
            "price_surcharge",
            "price_min_margin",
            "price_max_margin",
            "min_quantity",
            "date_start",
            "date_end",
        ]
        return [*super()._get_cited_fields(), *own]

    def _doubt_articles(self, names):
        # pylint: disable=missing-return; a hook returns nothing
        super()._doubt_articles(names)
        self._doubt_prices(self._get_named_products())

    def _get_named_products(self):
        """Return the products that the lines name."""
        # sudo: a line of another company speaks of a product all the same
        items = self.sudo()
        return items.product_tmpl_id | items.product_id.product_tmpl_id

    @api.model
    def _doubt_prices(self, products):
        for product in products:
            reason = self.env._(
                "A price of the product “%(name)s” in a pricelist has changed.", name=product.name
            )
            self.env["crm.knowledge.article"]._doubt_citing("product_ids", product, reason)
