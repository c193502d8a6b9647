from odoo import api, models
from odoo.exceptions import ValidationError


class MailActivity(models.Model):
    """Nobody gets an activity on an action he must not see: being assigned opens it to him."""

    _inherit = "mail.activity"

    @api.constrains("user_id", "res_model_id", "res_id")
    def _check_complaint_action_hidden(self):
        model = "crm.complaint.action"
        for activity in self.filtered(lambda activity: activity.res_model == model):
            action = self.env[model].browse(activity.res_id).exists()
            if activity.user_id.partner_id.id in action._get_hidden_partner_ids():
                raise ValidationError(
                    self.env._(
                        "%(person)s must not see this action and cannot get an activity on it."
                        " Choose somebody else.",
                        person=activity.user_id.name,
                    )
                )
