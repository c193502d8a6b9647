from odoo import api, fields, models


class StockPicking(models.Model):
    """The complaints about a delivery, and those a transfer settles, as far as one may see them."""

    _inherit = "stock.picking"

    complaint_count = fields.Integer(
        "Complaints", compute="_compute_complaint_count", groups="crm_complaints.group_user"
    )

    @api.depends_context("uid")
    def _compute_complaint_count(self):
        counts = self.env["crm.complaint"]._count_by("picking_id", self)
        compensations = self.env["crm.complaint.compensation"]
        for name in ("return_picking_id", "replacement_picking_id"):
            rows = compensations._read_group(
                [(name, "in", self.ids)], [name], ["complaint_id:count_distinct"]
            )
            for picking, count in rows:
                counts[picking.id] = counts.get(picking.id, 0) + count
        for picking in self:
            picking.complaint_count = counts.get(picking.id, 0)

    def action_complaints(self):
        """Open the complaints about this delivery, or which this transfer settles."""
        self.ensure_one()
        self.check_access("read")
        domain = [
            "|",
            ("picking_id", "=", self.id),
            ("compensation_ids", "any", self._get_compensation_domain()),
        ]
        return self.env["crm.complaint"]._get_list_action(
            domain, default_picking_id=self.id, default_partner_id=self.partner_id.id
        )

    def _get_compensation_domain(self):
        return [
            "|",
            ("return_picking_id", "in", self.ids),
            ("replacement_picking_id", "in", self.ids),
        ]

    def _action_done(self):
        result = super()._action_done()
        # sudo: whoever works in the warehouse settles complaints without seeing them
        self.env["crm.complaint.compensation"].sudo()._follow_transfers(self.sudo())
        return result

    def _get_with_backorders(self):
        """Return these transfers with all that was left behind by them."""
        found = more = self
        while more := more.backorder_ids - found:
            found |= more
        return found

    def _get_with_origins(self):
        """Return these transfers with those they were left behind by."""
        found = more = self
        while more := more.backorder_id - found:
            found |= more
        return found

    def _get_open_action(self):
        """Return the action that opens one of these, or lists several."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Transfers"),
            "res_model": "stock.picking",
        }
        if len(self) == 1:
            return {**action, "res_id": self.id, "views": [(False, "form")]}
        views = [(False, "list"), (False, "form")]
        return {**action, "domain": [("id", "in", self.ids)], "views": views}
