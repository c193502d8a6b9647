from odoo import models

#: Bubbles of the portfolio: the largest customers; more would hide each other.
BUBBLES = 40
#: Growth beyond it is drawn at the edge: one customer who grew tenfold would press all others flat.
MOST_GROWTH = 150.0


class CrmSegmentMethod(models.Model):
    """The BCG portfolio: share against growth, the largest customers as bubbles."""

    _inherit = "crm.segment.method"

    def _get_portfolio(self):
        """Return bubbles of the largest customers, the borders, and all classes' figures."""
        if not self:
            return {"bubbles": [], "classes": []}
        members = self.env["crm.segment.membership"].search(
            [("method_id", "=", self.id), ("amount", ">", 0)],
            order="amount desc, id",
            limit=BUBBLES,
        )
        return {
            "bubbles": [self._tell_bubble(member) for member in members],
            "classes": self._get_class_figures(),
            "currency_id": self.currency_id.id,
            "share_limit": self.share_percent,
            "growth_limit": self.growth_percent,
            "most_growth": MOST_GROWTH,
        }

    def _tell_bubble(self, member):
        is_new = member.prior_amount <= 0
        growth = MOST_GROWTH if is_new else min(member.growth_percent, MOST_GROWTH)
        return {
            "id": member.id,
            # sudo: a customer of a branch is named as lists name him
            "name": member.sudo().partner_id.display_name,
            "segment": member.segment_id.id,
            "share": member.share_percent,
            "growth": growth,
            "told_growth": None if is_new else member.growth_percent,
            "amount": member.amount,
            "domain": [("id", "=", member.id)],
        }
