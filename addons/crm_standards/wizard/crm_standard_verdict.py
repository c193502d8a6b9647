from odoo import api, fields, models
from odoo.exceptions import AccessError


class CrmStandardVerdict(models.TransientModel):
    """One verdict about several violations, with a ground from the list."""

    _name = "crm.standard.verdict"
    _description = "Verdict about Violations"

    violation_ids = fields.Many2many("crm.standard.violation", required=True)
    violation_count = fields.Integer(compute="_compute_violation_count")
    verdict = fields.Selection(
        [("confirmed", "Confirm"), ("excused", "Excuse"), ("cured", "Put right")],
        default="excused",
        required=True,
    )
    reason_id = fields.Many2one(
        "crm.standard.verdict.reason",
        string="Ground",
        domain="[('verdict', 'in', [verdict, False])]",
    )
    reason = fields.Text(string="In words")

    @api.depends("violation_ids")
    def _compute_violation_count(self):
        for wizard in self:
            wizard.violation_count = len(wizard.violation_ids)

    def action_decide(self):
        """Decide about all of them, with the rights of the person at the screen."""
        self.ensure_one()
        if not self.violation_ids:  # those out of one's reach are not among them
            raise AccessError(self.env._("You may not read any of these records."))
        values = {"state": self.verdict, "reason_id": self.reason_id.id}
        if (self.reason or "").strip():
            values["reason"] = self.reason.strip()
        self.violation_ids.write(values)
        return {"type": "ir.actions.act_window_close"}
