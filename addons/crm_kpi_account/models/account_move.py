from odoo import models


class AccountMove(models.Model):
    """The salesperson of an invoice is noticed at the moment it changes.

    Payments count for whoever it was on their day, and some are matched long after it.
    """

    _inherit = "account.move"

    def write(self, vals):
        if "invoice_user_id" not in vals:
            return super().write(vals)
        # sudo: the log is kept whoever writes
        former = {move: move.invoice_user_id for move in self.sudo()}
        result = super().write(vals)
        engine = self.env["crm.kpi.engine"].sudo()  # sudo: as above
        engine._note_stays("invoice_user_id", former)
        return result
