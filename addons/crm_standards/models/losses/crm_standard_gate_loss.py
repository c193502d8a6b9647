from odoo import api, models


class CrmStandardGate(models.AbstractModel):
    """The gate sees every change of outcome, whatever path it came by: losses are judged there."""

    _inherit = "crm.standard.gate"

    @api.model
    def _settle(self, leads, watch=None):
        """Judge what was lost before it is logged as such."""
        # the law applies also where the user may not look
        lost = leads.sudo().filtered(
            lambda lead: lead.won_status == "lost" and lead.logged_outcome != "lost"
        )
        if lost:
            self.env["crm.standard.loss"]._settle_lost(lost)
        return super()._settle(leads, watch)

    @api.model
    def _follow_moves(self, transitions, came_by):
        """Note when a deal was lost, and forget it when it is open again."""
        result = super()._follow_moves(transitions, came_by)
        # the gate works in sudo
        leads = self.env["crm.lead"].sudo()
        for is_lost in (True, False):
            ids = [
                line.lead_id
                for line in transitions
                if line.outcome_from != line.outcome_to and (line.outcome_to == "lost") == is_lost
            ]
            moved = leads.browse(ids)
            if not is_lost:
                moved = moved.filtered("date_lost")
            if moved:
                moved._write_past_gate({"date_lost": self.env.cr.now() if is_lost else False})
        return result
