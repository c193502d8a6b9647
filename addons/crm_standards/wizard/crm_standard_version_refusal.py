from odoo import fields, models


class CrmStandardVersionRefusal(models.TransientModel):
    """Asks an approver why he refuses a version."""

    _name = "crm.standard.version.refusal"
    _description = "Refuse a Version of a Standard"

    version_id = fields.Many2one("crm.standard.version", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_refuse(self):
        """Refuse the version; whether the user may is decided there."""
        self.ensure_one()
        self.version_id.check_access("read")
        self.version_id._decide("refused", self.reason)
        return {"type": "ir.actions.act_window_close"}
