from odoo import api, fields, models


class CrmStandardViolation(models.Model):
    """A rule that was not kept because somebody had granted an exception.

    It stands in the register like any other, decided already: excused, by whom and why. (This file
    is loaded after the one that prepares violations.)
    """

    _inherit = "crm.standard.violation"

    effect = fields.Selection(
        selection_add=[("overridden", "Allowed by exception")],
        ondelete={"overridden": "cascade"},
    )
    override_id = fields.Many2one(
        "crm.standard.override", string="Exception", ondelete="restrict", readonly=True
    )

    @api.model
    def _prepare_violation(self, breach, came_by, now):
        vals = super()._prepare_violation(breach, came_by, now)
        if breach.effect != "overridden":
            return vals
        override = self.env["crm.standard.override"]._get_last_used(breach.lead_id, breach.rule_id)
        return {
            **vals,
            "override_id": override.id,
            "state": "excused",
            "reason": override.decision_reason or override.reason,
            "verdict_user_id": override.decided_by_id.id,
            "verdict_date": override.date_decided,
        }
