from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CrmStandardExplain(models.TransientModel):
    """The responsible person explains violations in his own words, once."""

    _name = "crm.standard.explain"
    _description = "Explain Violations"

    violation_ids = fields.Many2many("crm.standard.violation", required=True)
    text = fields.Text(string="What happened", required=True)

    def action_explain(self):
        """Put the words on the violations; whose they are is checked there."""
        self.ensure_one()
        if not self.violation_ids:  # those out of one's reach are not among them
            raise AccessError(self.env._("You may not read any of these records."))
        if not (self.text or "").strip():
            raise UserError(self.env._("Write what happened first."))
        self.violation_ids._explain(self.text.strip())
        return {"type": "ir.actions.act_window_close"}
