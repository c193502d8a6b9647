from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CrmKpiAdjustment(models.Model):
    """An amount that somebody has added to a value by hand, and why. Facts stay as they are.

    Rows are only added: a mistake is put right by a row with the opposite sign.
    """

    _name = "crm.kpi.adjustment"
    _description = "Adjustment of a Value"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "reason"

    card_id = fields.Many2one(
        "crm.kpi.card",
        "Scorecard",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    indicator_id = fields.Many2one(
        "crm.kpi.indicator", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users", "Employee", required=True, readonly=True, ondelete="restrict", index=True
    )
    date = fields.Date("Day", required=True, readonly=True, help="It counts in the period of it.")
    amount = fields.Float(required=True, readonly=True, digits=0)
    reason = fields.Text(required=True, readonly=True)
    author_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")

    @api.model
    def _enter(self, card, indicator, user, day, amount, reason):
        """Add an amount to the value of an employee. Nobody adjusts himself."""
        if not self.env.user.has_group("crm_kpi.group_manager"):
            raise AccessError(self.env._("Only managers of KPI adjust values."))
        card.check_access("read")
        if user == self.env.user:
            raise AccessError(
                self.env._("Nobody adjusts his or her own figures: ask another manager of KPI.")
            )
        if not amount or not (reason or "").strip():
            raise UserError(self.env._("Say by how much a value is adjusted, and why."))
        if indicator not in card.line_ids.indicator_id or user not in card.user_ids:
            raise UserError(
                self.env._(
                    "%(user)s is not judged by %(indicator)s on the scorecard %(card)s.",
                    user=user.name,
                    indicator=indicator.name,
                    card=card.name,
                )
            )
        # sudo: the manager may do so, but by this method only
        return self.sudo()._sealed_create(
            [
                {
                    "card_id": card.id,
                    "company_id": card.company_id.id,
                    "indicator_id": indicator.id,
                    "user_id": user.id,
                    "date": day,
                    "amount": amount,
                    "reason": reason,
                    "author_id": self.env.uid,
                }
            ]
        )
