from dataclasses import replace

from odoo import api, models


class CrmSurveyDocument(models.AbstractModel):
    """What a delivery says about who was served, by whom and with what."""

    _inherit = "crm.survey.document"

    @api.model
    def _get_document_facts(self, records):
        facts = super()._get_document_facts(records)
        if records._name != "stock.picking":
            return facts
        products = self._get_products_of_pickings(records)
        for picking in records:
            # whoever delivered is judged; where a job did, whoever sells to the customer
            partner, user = picking.partner_id, picking.user_id
            if not user or user._is_superuser():
                user = partner.user_id or partner.commercial_partner_id.user_id
            facts[picking.id] = replace(
                facts[picking.id],
                user_id=user.id or None,
                team_id=user.sale_team_id.id or None,
                product_id=products.get(picking.id),
            )
        return facts

    @api.model
    def _get_products_of_pickings(self, pickings):
        """Return the product of each delivery that has one product only, by delivery id."""
        rows = self.env["stock.move"]._read_group(
            [("picking_id", "in", pickings.ids), ("state", "=", "done")],
            ["picking_id"],
            ["product_id:array_agg_distinct"],
        )
        return {picking.id: ids[0] for picking, ids in rows if len(ids) == 1}
