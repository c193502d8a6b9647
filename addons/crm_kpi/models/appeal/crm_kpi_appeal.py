from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...logic.period import period_of

OPEN, ACCEPTED, DECLINED = "open", "accepted", "declined"
STATES = [(OPEN, "To Be Answered"), (ACCEPTED, "Accepted"), (DECLINED, "Declined")]
#: What whoever answers may write, until it is answered.
ANSWER = {"answer", "amount"}
#: What is known once it is answered.
ANSWERED = {*ANSWER, "answered_by_id", "date_answered", "adjustment_id"}
#: What the chatter writes.
CHATTER = {"message_follower_ids", "message_ids", "message_main_attachment_id"}


class CrmKpiAppeal(models.Model):
    """What an employee says against his or her score, and the answer to it.

    Only whoever is judged appeals, and somebody else answers. An appeal is neither edited nor
    deleted: it is a part of how a score came about.
    """

    _name = "crm.kpi.appeal"
    _description = "Appeal against a Score"
    _inherit = ["mail.thread"]
    _mail_post_access = "read"
    _order = "state desc, id desc"
    _rec_name = "text"

    card_id = fields.Many2one(
        "crm.kpi.card", "Scorecard", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="card_id.company_id", store=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        "Employee",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user,
    )
    indicator_id = fields.Many2one(
        "crm.kpi.indicator", ondelete="restrict", help="Empty: the score as a whole."
    )
    date = fields.Date(
        "Period",
        required=True,
        default=fields.Date.context_today,
        help="Any day of the period it is about.",
    )
    date_from = fields.Date("From", compute="_compute_period", store=True)
    date_to = fields.Date("To", compute="_compute_period", store=True)
    text = fields.Text("What Is Wrong", required=True)
    state = fields.Selection(
        STATES, required=True, readonly=True, default=OPEN, copy=False, tracking=True, index=True
    )
    answer = fields.Text(copy=False)
    amount = fields.Float(
        "Adjust by", digits=0, copy=False, help="Added to the value of the indicator in the period."
    )
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True, copy=False)
    date_answered = fields.Datetime("Answered on", readonly=True, copy=False)
    adjustment_id = fields.Many2one("crm.kpi.adjustment", readonly=True, copy=False)
    can_answer = fields.Boolean(compute="_compute_can_answer")

    # not by later changes of the scorecard: an appeal is about days
    @api.depends("date", "card_id")
    def _compute_period(self):
        for appeal in self:
            kind = appeal.card_id.sudo().period  # the length of a period is no secret
            period = period_of(appeal.date, kind) if appeal.date and kind else None
            appeal.date_from = period and period.first
            appeal.date_to = period and period.last

    @api.depends("user_id", "state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for appeal in self:
            appeal.can_answer = appeal.state == OPEN and appeal._may_answer()

    def _may_answer(self):
        """Hook: say whether the user may answer: a manager, or the leader; never the employee."""
        self.ensure_one()
        user = self.env.user
        if self.user_id == user:
            return False
        if user.has_group("crm_kpi.group_manager"):
            return True
        leader = self.user_id.sudo().sale_team_id.user_id  # who leads him is no secret
        return user.has_group("crm_kpi.group_leader") and leader == user

    @api.constrains("card_id", "user_id", "indicator_id")
    def _check_judged(self):
        for appeal in self:
            card = appeal.card_id.sudo()  # names and people of a card the user sees
            if appeal.user_id not in card.user_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s is not judged by the scorecard %(card)s.",
                        user=appeal.user_id.name,
                        card=card.name,
                    )
                )
            if appeal.indicator_id and appeal.indicator_id not in card.line_ids.indicator_id:
                raise ValidationError(
                    self.env._(
                        "%(indicator)s is not on the scorecard %(card)s.",
                        indicator=appeal.indicator_id.name,
                        card=card.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        kept = {"card_id", "indicator_id", "date", "text"}
        # whatever else is sent, by the context too: it is one's own, and begins without an answer
        clean = [
            {name: value for name, value in vals.items() if name in kept}
            | {"user_id": self.env.uid, "state": OPEN, **dict.fromkeys(ANSWERED, False)}
            for vals in vals_list
        ]
        appeals = super().create(clean)
        for appeal in appeals:
            appeal._call_leader()
        return appeals

    def write(self, vals):
        if vals.keys() - CHATTER:
            self._check_answering(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Appeals are kept: they are a part of how a score came about."))

    def _check_answering(self, vals):
        """Refuse to write anything but an answer, by anybody but who may give it."""
        if vals.keys() - CHATTER - ANSWER:
            raise UserError(
                self.env._("An appeal is not edited. Accept or decline it by its buttons.")
            )
        for appeal in self:
            if appeal.state != OPEN:
                raise UserError(self.env._("This appeal has been answered already."))
            if not appeal._may_answer():
                raise AccessError(
                    self.env._("An appeal is answered by the leader of the employee or a manager.")
                )

    def _call_leader(self):
        """Let whoever leads the employee know."""
        self.ensure_one()
        leader = self.user_id.sudo().sale_team_id.user_id  # who leads him is no secret
        if leader and leader != self.user_id:
            # sudo: the employee follows no one else's records
            self.sudo().message_subscribe(leader.partner_id.ids)
            self.sudo().message_post(  # as above
                body=self.env._("%(user)s appeals against a score.", user=self.user_id.name),
                partner_ids=leader.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )

    def action_accept(self):
        """Accept it; with an amount, the value is adjusted."""
        self.ensure_one()
        self._check_ready()
        if self.amount and not self.indicator_id:
            raise UserError(self.env._("Only the value of an indicator can be adjusted."))
        adjustment = self.env["crm.kpi.adjustment"]
        if self.amount:
            adjustment = adjustment._enter(
                self.card_id,
                self.indicator_id,
                self.user_id,
                self.date_from,
                self.amount,
                self.answer,
            )
        self._settle(ACCEPTED, adjustment_id=adjustment.id)
        return True

    def action_decline(self):
        """Decline it, in words."""
        self.ensure_one()
        self._check_ready()
        self._settle(DECLINED)
        return True

    def _check_ready(self):
        self.check_access("read")
        self._check_answering({})
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write an answer first: the employee has to understand it."))

    def _settle(self, state, **values):
        # pylint: disable=missing-return,super-method-mismatch; our own refusal is gone round
        super(CrmKpiAppeal, self.sudo()).write(  # sudo: leaders write by these buttons only
            {
                "state": state,
                "answered_by_id": self.env.uid,
                "date_answered": fields.Datetime.now(),
                **values,
            }
        )
        self.sudo().message_post(  # as above
            body=self.answer,
            partner_ids=self.user_id.partner_id.ids,
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_comment",
        )
