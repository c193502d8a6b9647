from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...logic.limits import VALUED_KINDS
from .crm_complaint_compensation_deed import DEEDS

#: Set by deeds only: see ``crm_complaint_compensation_deeds``.
FACTS = frozenset({"state", "user_id", "date", "company_amount", "decider_id", "date_decided"})
FACTS |= {"date_done", "reason"}
#: What is proposed: a change of it is a new proposal.
TERMS = frozenset({"remedy_id", "amount", "currency_id"})
#: What counts as granted.
GRANTED = ("approved", "carried_out")


class CrmComplaintCompensation(models.Model):
    """A remedy granted to settle a complaint: proposed, approved, carried out.

    Who may approve stands in ``crm_complaint_compensation_deeds``. State, amount in the currency
    of the company and who decided are set by deeds only, whoever writes, in sudo too.
    """

    _name = "crm.complaint.compensation"
    _description = "Compensation"
    _inherit = ["crm.complaint.amount"]
    _order = "id desc"

    remedy_id = fields.Many2one(
        "crm.complaint.remedy", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(related="remedy_id.kind", store=True, precompute=True)
    description = fields.Char("What", help="e.g. two cabinets, a voucher for the next order")
    amount = fields.Monetary(help="What the remedy is worth.")
    company_amount = fields.Monetary(
        readonly=True,
        copy=False,
        help="At the rate of the day when it was proposed: limits and figures go by it.",
    )
    reference = fields.Char(
        "Document", copy=False, help="The document that carries it out: credit note, voucher."
    )
    state = fields.Selection(
        DEEDS, readonly=True, required=True, default="proposed", copy=False, index=True
    )
    user_id = fields.Many2one(
        "res.users", "Proposed by", readonly=True, copy=False, ondelete="restrict"
    )
    date = fields.Datetime("Proposed on", readonly=True, copy=False)
    decider_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, ondelete="restrict"
    )
    date_decided = fields.Datetime("Decided on", readonly=True, copy=False)
    date_done = fields.Datetime("Carried out on", readonly=True, copy=False)
    reason = fields.Text(readonly=True, copy=False, help="Why it was refused or withdrawn.")
    deed_ids = fields.One2many(
        "crm.complaint.compensation.deed", "compensation_id", "Log", readonly=True
    )
    cost_ids = fields.One2many("crm.complaint.cost", "compensation_id", "Costs", readonly=True)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount of a compensation cannot be below zero."
    )

    @api.depends("remedy_id", "amount", "currency_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            worth = one.currency_id.format(one.amount) if one.amount else ""
            one.display_name = " ".join(filter(None, (one.remedy_id.name, worth)))

    @api.constrains("amount", "kind")
    def _check_amount(self):
        for compensation in self:
            if compensation.kind in VALUED_KINDS and not compensation.amount:
                raise ValidationError(
                    self.env._(
                        "Enter what “%(remedy)s” is worth: limits and figures go by the amount.",
                        remedy=compensation.remedy_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if facts := FACTS & set().union(*vals_list):
            raise self._facts_error(facts)
        # said here, so that no default of a context says it
        birth = {**dict.fromkeys(FACTS, False), "state": "proposed"}
        compensations = super().create([{**vals, **birth} for vals in vals_list])
        compensations._propose()
        return compensations

    def write(self, vals):
        if facts := FACTS & vals.keys():
            raise self._facts_error(facts)
        if "complaint_id" in vals:
            raise self._facts_error({"complaint_id"})
        if not TERMS & vals.keys():
            return super().write(vals)
        if settled := self.filtered(lambda one: one.state != "proposed"):
            raise UserError(
                self.env._(
                    "“%(compensation)s” is decided and cannot be changed. Withdraw it and propose"
                    " another.",
                    compensation=settled[0].display_name,
                )
            )
        result = super().write(vals)
        self._propose()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._("A compensation cannot be deleted, only withdrawn: who granted what stays.")
        )

    def _write_facts(self, vals):
        """Set what deeds set. For the owner of these facts only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super().write(vals)

    def _facts_error(self, names):
        labels = [self._fields[name]._description_string(self.env) for name in sorted(names)]
        return UserError(
            self.env._(
                "%(fields)s: this follows from what is done with the compensation, and nobody can"
                " write it. Leave it out.",
                fields=", ".join(labels),
            )
        )
