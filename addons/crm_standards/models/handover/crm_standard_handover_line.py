from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmStandardHandoverLine(models.Model):
    """One record that passes from hand to hand. A fact: the hand-over writes it, nobody else.

    The name is copied, so that the register says what was handed over when the record is gone.
    """

    _name = "crm.standard.handover.line"
    _description = "Handed-over Record"
    _inherit = ["crm.deadline.sealed"]
    _order = "id"

    handover_id = fields.Many2one(
        "crm.standard.handover",
        string="Hand-over",
        required=True,
        ondelete="cascade",
        readonly=True,
        index=True,
    )
    handover_state = fields.Selection(related="handover_id.state", string="Hand-over State")
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    res_model = fields.Char(string="Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        string="Record", model_field="res_model", required=True, readonly=True
    )
    kind = fields.Char(string="Type", compute="_compute_kind")
    name = fields.Char(readonly=True)
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    receiver_id = fields.Many2one(
        "res.users", string="Goes to", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("skipped", "Stays"),
            ("proposal", "Decide Yourself"),
            ("moved", "Moved"),
            ("failed", "Failed"),
            ("kept", "Left Alone"),
            ("returned", "Taken Back"),
        ],
        required=True,
        readonly=True,
        help="“Decide Yourself” is only listed, such as a team that needs another leader. “Left"
        " Alone” belongs to somebody else by now.",
    )
    note = fields.Char(string="Why", readonly=True)
    date_moved = fields.Datetime(string="Passed on at", readonly=True)
    date_returned = fields.Datetime(string="Taken Back on", readonly=True)

    _state_index = models.Index("(handover_id, state, id)")
    _todo_index = models.Index("(id) WHERE state = 'planned'")
    _record_index = models.Index("(res_model, res_id)")

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_kind(self):
        for line in self:
            line.kind = self.env["ir.model"]._get(line.res_model).name or line.res_model

    def action_open_record(self):
        """Open the record, with the rights of whoever asks."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }

    def action_skip(self):
        """Leave these records with the giver, or hand them over after all."""
        self.check_access("read")
        handovers = self.handover_id
        handovers._check_may_order()
        handovers._check_state("draft")
        for state, other in (("planned", "skipped"), ("skipped", "planned")):
            lines = self.filtered(lambda line, state=state: line.state == state)
            # sudo: the register is written by its own course, the right was checked above
            lines.sudo()._sealed_write({"state": other})
            self -= lines
        if self:
            raise UserError(self.env._("These lines are proposals: there is nothing to move."))
