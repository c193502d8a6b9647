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
        version = self.version_id
        version.check_access("read")
        version._decide("refused", self.reason)
        if version.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        # it is a draft again, which its writer alone reads: on to what else waits for a decision
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_version_action"
        )
        return {**action, "target": "main", "context": {"search_default_filter_mine": 1}}
