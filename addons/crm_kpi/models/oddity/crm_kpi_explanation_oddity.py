from odoo import api, fields, models

from ...logic.period import Period


class CrmKpiExplanation(models.TransientModel):
    """Beside the score: how often something was done that makes figures better by itself."""

    _inherit = "crm.kpi.explanation"

    oddities = fields.Char("Worth a Look", compute="_compute_oddities")

    @api.depends("user_id", "date_from", "date_to")
    @api.depends_context("uid", "lang")
    def _compute_oddities(self):
        labels = dict(self.env["crm.kpi.oddity"]._fields["kind"]._description_selection(self.env))
        for explanation in self:
            period = Period(explanation.date_from, explanation.date_to)
            counts = self.env["crm.kpi.oddity"]._count_by_kind(explanation.user_id, period)
            explanation.oddities = ", ".join(
                f"{labels[kind]}: {count}"
                for kind, count in sorted(counts[explanation.user_id].items())
            )

    def action_open_oddities(self):
        """Open them, as far as the user may see them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_kpi.crm_kpi_oddity_action")
        return {
            **action,
            "domain": [
                ("user_id", "=", self.user_id.id),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            "context": {},
        }
