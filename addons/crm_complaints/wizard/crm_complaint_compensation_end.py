from odoo import fields, models


class CrmComplaintCompensationEnd(models.TransientModel):
    """Asks why a compensation is refused or withdrawn. The rights are checked by the deed."""

    _name = "crm.complaint.compensation.end"
    _description = "Refuse or Withdraw a Compensation"

    compensation_ids = fields.Many2many(
        "crm.complaint.compensation",
        "crm_complaint_compensation_end_rel",
        required=True,
        readonly=True,
    )
    deed = fields.Selection(
        [("refused", "Refuse"), ("withdrawn", "Withdraw")], required=True, readonly=True
    )
    reason = fields.Text(required=True)

    def action_end(self):
        """Refuse or withdraw them."""
        self.ensure_one()
        # as the user sees them: a link proves no right
        compensations = self.env["crm.complaint.compensation"].browse(self.compensation_ids.ids)
        if self.deed == "refused":
            compensations.action_refuse(self.reason)
        else:
            compensations.action_withdraw(self.reason)
        return {"type": "ir.actions.act_window_close"}
