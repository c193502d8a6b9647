from odoo import fields, models


class CrmStandardHandoverReason(models.TransientModel):
    """Asks why: a refusal, an order and a withdrawal are understood later by their reason only.

    It decides nothing: the hand-over checks who may do what.
    """

    _name = "crm.standard.handover.reason"
    _description = "Reason for a Decision about a Hand-over"

    handover_id = fields.Many2one(
        "crm.standard.handover",
        string="Hand-over",
        required=True,
        ondelete="cascade",
    )
    deed = fields.Selection(
        [("decline", "Decline"), ("order", "Move at Once"), ("cancel", "Cancel")], required=True
    )
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Do what the reason was asked for."""
        for asked in self:
            asked.handover_id.check_access("read")
            deeds = {
                "decline": asked.handover_id._decline,
                "order": asked.handover_id._order_now,
                "cancel": asked.handover_id._cancel,
            }
            deeds[asked.deed](asked.reason.strip())
