from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Nobody gets an activity on a complaint he must not see: being assigned opens it to him."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model_id", "res_id")
    def _check_complaint_hidden(self):
        activities = self.filtered(lambda activity: activity.res_model == "crm.complaint")
        for activity in activities:
            # sudo: the answer must not depend on who plans
            complaint = self.env["crm.complaint"].sudo().browse(activity.res_id).exists()
            if activity.user_id in complaint.hidden_user_ids:
                raise ValidationError(
                    self.env._(
                        "%(person)s must not see “%(complaint)s” and cannot get an activity on it."
                        " Choose somebody else.",
                        person=activity.user_id.name,
                        complaint=complaint.display_name,
                    )
                )
