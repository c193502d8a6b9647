from odoo import fields, models


class CrmComplaintAssignment(models.Model):
    """Whoever sold it may get the complaint about it."""

    _inherit = "crm.complaint.assignment"

    way = fields.Selection(
        selection_add=[("seller", "Who sold the order")], ondelete={"seller": "set default"}
    )

    def _get_people(self, complaint):
        """Return the order's salesperson, also where the customer has none of his own."""
        seller = complaint.order_id.user_id
        if self.way == "seller":
            return seller
        people = super()._get_people(complaint)
        return people or seller if self.way == "owner" else people
