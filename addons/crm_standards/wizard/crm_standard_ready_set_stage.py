from odoo import api, fields, models


class CrmStandardReadySetStage(models.TransientModel):
    """A stage of a ready set, and which stage of the company is meant by it."""

    _name = "crm.standard.ready.set.stage"
    _description = "Stage of a Ready Set"
    _rec_name = "name"

    wizard_id = fields.Many2one("crm.standard.ready.set", required=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Stage of the Set", readonly=True)
    stage_id = fields.Many2one(
        "crm.stage", string="Your Stage", help="Leave empty to have the stage made."
    )
    outcome = fields.Char(string="On Loading", compute="_compute_outcome")

    @api.depends("stage_id")
    @api.depends_context("lang")
    def _compute_outcome(self):
        for line in self:
            line.outcome = self.env._("is used") if line.stage_id else self.env._("will be made")
