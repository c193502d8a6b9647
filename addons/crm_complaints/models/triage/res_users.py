from odoo import models


class ResUsers(models.Model):
    """Who can be given a complaint."""

    _inherit = "res.users"

    def _filter_complaint_able(self, complaint):
        """Return those of these people who may work on ``complaint``, in sudo."""
        group = self.env.ref("crm_complaints.group_user")
        return self.filtered(
            lambda user: (
                user.active
                and group in user.all_group_ids
                and complaint.company_id in user.company_ids
                and user not in complaint.hidden_user_ids
            )
        )
