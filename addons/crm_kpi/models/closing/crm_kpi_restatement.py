from odoo import api, fields, models

LATE, DEFINITION, ADJUSTED = "late", "definition", "adjusted"
REASONS = [
    (LATE, "Data that came later"),
    (DEFINITION, "A measure is counted otherwise"),
    (ADJUSTED, "An adjustment"),
]


class CrmKpiRestatement(models.Model):
    """What a closed result would be by what is known now. The result itself stays as it is."""

    _name = "crm.kpi.restatement"
    _description = "Restatement"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "result_id"

    closing_id = fields.Many2one(
        "crm.kpi.closing", required=True, readonly=True, ondelete="cascade", index=True
    )
    result_id = fields.Many2one(
        "crm.kpi.result", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Employee", readonly=True, ondelete="restrict")
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="restrict")
    date = fields.Datetime("Found on", required=True, readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    has_score = fields.Boolean(readonly=True)
    score = fields.Float("Score Now (%)", readonly=True, digits=0, aggregator=None)
    bonus = fields.Monetary("Bonus Now", readonly=True, aggregator=None)
    values = fields.Json(readonly=True, help="Values of indicators by their codes.")
    adjustments = fields.Json(readonly=True)
    definition = fields.Char(readonly=True, help="A digest of how measures were counted.")
    score_change = fields.Float(
        "Change of Score", compute="_compute_changes", digits=(6, 1), help="From the closed result."
    )
    bonus_change = fields.Monetary("Change of Bonus", compute="_compute_changes")

    @api.depends("score", "bonus", "result_id.score", "result_id.bonus")
    def _compute_changes(self):
        for restatement in self:
            result = restatement.result_id
            restatement.score_change = restatement.score - result.score
            restatement.bonus_change = restatement.bonus - result.bonus
