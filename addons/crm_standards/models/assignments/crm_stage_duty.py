from odoo import api, models
from odoo.exceptions import UserError


class CrmStage(models.Model):
    """A stage that somebody is responsible for is not taken away unseen."""

    _inherit = "crm.stage"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_duty(self):
        duties = self.env["crm.standard.stage.duty"].sudo()  # one that I cannot see counts as well
        duties = duties.with_context(active_test=False)
        if duty := duties.search([("stage_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Stage “%(stage)s” has a responsible role in standard “%(standard)s”. Remove"
                    " that line first.",
                    stage=duty.stage_id.name,
                    standard=duty.standard_id.display_name,
                )
            )
