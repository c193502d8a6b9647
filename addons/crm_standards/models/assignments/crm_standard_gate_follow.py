from odoo import api, models


class CrmStandardGate(models.AbstractModel):
    """When a deal comes into a stage, the next person gets his task without a word said."""

    _inherit = "crm.standard.gate"

    @api.model
    def _follow_moves(self, transitions, came_by):
        result = super()._follow_moves(transitions, came_by)
        if duties := self.env["crm.standard.stage.duty"]._get_duties():
            self.env["crm.standard.assignment"]._follow_moves(transitions, duties)
        return result
