from odoo import models


class ResPartner(models.Model):
    """The salesperson of a customer is noticed at the moment it changes.

    A change of class counts for whoever had the customer then.
    """

    _inherit = "res.partner"

    def write(self, vals):
        if "user_id" not in vals:
            return super().write(vals)
        # sudo: the log is kept whoever writes
        former = {partner: partner.user_id for partner in self.sudo()}
        result = super().write(vals)
        self.env["crm.kpi.engine"].sudo()._note_stays("user_id", former)  # sudo: as above
        return result
