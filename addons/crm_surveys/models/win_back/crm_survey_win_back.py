from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

#: Proofs, drawn from what happened: nobody writes them.
PROOFS = {"wave_id", "invitation_id", "date_contacted", "date_fixed", "date_bought"}
PROOFS |= {"bought_amount", "partner_id", "company_id", "team_id", "user_id"}


class CrmSurveyWinBack(models.Model):
    """A customer of a wave: why he went, what was offered, and the proof that he came back."""

    _name = "crm.survey.win.back"
    _description = "Lost Customer"
    _order = "id desc"
    _rec_name = "partner_id"

    wave_id = fields.Many2one(
        "crm.survey.wave", required=True, readonly=True, ondelete="cascade", index=True
    )
    invitation_id = fields.Many2one(
        "crm.survey.invitation", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="wave_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="wave_id.currency_id")
    partner_id = fields.Many2one(related="invitation_id.partner_id", store=True, index=True)
    team_id = fields.Many2one(related="invitation_id.team_id", store=True, index=True)
    user_id = fields.Many2one(
        related="invitation_id.user_id", store=True, string="Employee in Charge"
    )
    asked_state = fields.Selection(related="invitation_id.state", string="Asked")
    cause_id = fields.Many2one("crm.survey.cause", ondelete="restrict", index=True)
    competitor = fields.Char("Buys from")
    offer = fields.Char("Offered")
    fix_note = fields.Char("What Was Done")
    date_contacted = fields.Datetime("Contacted on", readonly=True)
    date_fixed = fields.Datetime("Cause Fixed on", readonly=True)
    date_bought = fields.Datetime("Bought Again on", readonly=True)
    bought_amount = fields.Monetary("Bought for", readonly=True)

    _one_of_invitation = models.UniqueIndex("(invitation_id)")

    def write(self, vals):
        if PROOFS & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._(
                    "Who was contacted and who bought again is drawn from what happened: nobody "
                    "writes it."
                )
            )
        return super().write(vals)

    def action_fix(self):
        """Note that the cause is no more; what was done has to be said."""
        self.check_access("write")
        for customer in self:
            if not customer.cause_id or not (customer.fix_note or "").strip():
                raise UserError(
                    self.env._(
                        "Say first why %(customer)s went, and what was done about it.",
                        customer=customer.partner_id.name or "",
                    )
                )
        # sudo: the date is a proof, which nobody writes; whether he may say so is checked above
        self.filtered(lambda one: not one.date_fixed).sudo().date_fixed = fields.Datetime.now()
        return True

    @api.model
    def _cron_draw(self):
        """Note who has bought since he was contacted: the first purchase, and the sum of all.

        A deal, its order and its invoice are one purchase: the kind of the largest sum counts.
        What was canceled or given back since is no proof any more; of who has been anonymized the
        proof stays as it was.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_survey_win_back back
                   SET date_bought = drawn.date, bought_amount = drawn.amount
                  FROM (SELECT id, MIN(date) AS date, MAX(amount) AS amount
                          FROM (SELECT own.id, purchase.res_model,
                                       MIN(purchase.date) AS date, SUM(purchase.amount) AS amount
                                  FROM crm_survey_win_back own
                                  JOIN res_partner partner ON partner.id = own.partner_id
                             LEFT JOIN (%s) AS purchase
                                    ON purchase.customer_id = partner.commercial_partner_id
                                   AND purchase.date > own.date_contacted
                                   AND (purchase.company_id IS NULL
                                        OR purchase.company_id = own.company_id)
                              GROUP BY own.id, purchase.res_model) AS source
                      GROUP BY id) AS drawn
                 WHERE drawn.id = back.id
                   AND (back.date_bought, back.bought_amount)
                       IS DISTINCT FROM (drawn.date, drawn.amount)
             RETURNING back.id
                """,
                self.env["crm.survey.wave"]._get_decided_purchases(),
            )
        )
        self.invalidate_model(["date_bought", "bought_amount"])
        return len(rows)
