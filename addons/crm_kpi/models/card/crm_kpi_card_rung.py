from odoo import fields, models


class CrmKpiCardRung(models.Model):
    """A rung of the scale of a bonus: from this score on, so much."""

    _name = "crm.kpi.card.rung"
    _description = "Rung of a Bonus"
    _order = "card_id, score"
    _rec_name = "score"

    card_id = fields.Many2one("crm.kpi.card", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="card_id.currency_id")
    score = fields.Float("From Score (%)", required=True, digits=(6, 1))
    amount = fields.Monetary("Bonus")

    _score_unique = models.Constraint("UNIQUE(card_id, score)", "The scale has this score already.")
    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A bonus is 0 or more.")
