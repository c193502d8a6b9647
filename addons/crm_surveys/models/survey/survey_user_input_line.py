from odoo import api, models
from odoo.exceptions import AccessError


class SurveyUserInputLine(models.Model):
    """Answers that figures rest on stay as the customer gave them, through every door."""

    _inherit = "survey.user_input.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_unrecorded()
        return lines

    def write(self, vals):
        self._check_unrecorded()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_recorded(self):
        self._check_unrecorded()

    def _check_unrecorded(self):
        # sudo: whether there are figures decides, not who may see them
        if self.sudo().user_input_id._get_recorded():
            raise AccessError(
                self.env._("This response is finished: answers of customers cannot be changed.")
            )
