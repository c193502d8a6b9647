from odoo import api, fields, models
from odoo.exceptions import UserError

#: What is given as goods, work or words needs no credit note.
OTHERWISE = ("replacement", "repair", "apology", "information")
#: Set where credit notes are drafted, only.
CREDIT_FACTS = frozenset(
    {"credit_note_id", "credit_amount", "is_credit_asked", "credit_activity_id"}
)
#: States of a credit note that is still in force or may become so.
ALIVE = ("draft", "posted")


class CrmComplaintCompensation(models.Model):
    """The credit note that carries out a compensation: drafted from it, never posted by itself.

    How it comes about stands in ``crm_complaint_compensation_credit``; what follows when it is
    posted or taken back, in ``account_move_credit``.
    """

    _inherit = "crm.complaint.compensation"

    credit_note_id = fields.Many2one(
        "account.move",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    credit_state = fields.Selection(related="credit_note_id.state", string="State of Credit Note")
    credit_currency_id = fields.Many2one(
        related="credit_note_id.currency_id", string="Currency of Credit Note"
    )
    credit_amount = fields.Monetary(
        "Granted on Credit Note",
        currency_field="credit_currency_id",
        readonly=True,
        copy=False,
        help="The amount in the currency of the invoice, at the rate of the day of the draft. The"
        " credit note cannot be posted with more.",
    )
    is_credit_asked = fields.Boolean(
        "Credit Note Asked for",
        readonly=True,
        copy=False,
        help="An accountant was asked to draft the credit note.",
    )
    credit_activity_id = fields.Many2one(
        "mail.activity", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    can_credit = fields.Boolean("Can Be Credited", compute="_compute_can_credit")

    @api.depends("state", "amount", "kind", "credit_note_id.state", "complaint_id.invoice_id")
    def _compute_can_credit(self):
        for one in self:
            # sudo: whether there is a credit note already is seen by all who see what was granted
            has_note = one.sudo().credit_note_id.state in ALIVE
            one.can_credit = (
                one.state == "approved"
                and one.amount > 0
                and one.kind not in OTHERWISE
                and bool(one.complaint_id.invoice_id)
                and not has_note
            )

    @api.model_create_multi
    def create(self, vals_list):
        if facts := CREDIT_FACTS & set().union(*vals_list):
            raise self._facts_error(facts)
        # said here, so that no default of a context says it
        birth = dict.fromkeys(CREDIT_FACTS, False)
        return super().create([{**vals, **birth} for vals in vals_list])

    def write(self, vals):
        if facts := CREDIT_FACTS & vals.keys():
            raise self._facts_error(facts)
        return super().write(vals)

    def action_carry_out(self):
        """Leave to its credit note what has one: posting it carries the compensation out."""
        # sudo: whether there is a draft does not depend on who may see it
        if waiting := self.filtered(lambda one: one.sudo().credit_note_id.state == "draft"):
            raise UserError(
                self.env._(
                    "“%(compensation)s” has a credit note in draft, and is carried out when that is"
                    " posted. Post it, or delete it first.",
                    compensation=waiting[0].display_name,
                )
            )
        return super().action_carry_out()

    def action_credit_note(self):
        """Open the credit note of this compensation."""
        self.ensure_one().check_access("read")
        if not self.credit_note_id:
            raise UserError(self.env._("No credit note has been drafted for this yet."))
        return self.complaint_id._open_moves(self.credit_note_id)

    def _prepare_costs(self):
        """A credit note costs what it says, without tax: the tax comes back to the company."""
        # sudo: what it cost does not depend on who posted it
        note = self.sudo().credit_note_id
        if note.state != "posted":
            return super()._prepare_costs()
        return [
            {
                "complaint_id": self.complaint_id.id,
                "compensation_id": self.id,
                "kind": "credit",
                "name": note.name,
                "date": note.invoice_date or note.date,
                "amount": abs(note.amount_untaxed_signed),
                "currency_id": note.company_currency_id.id,
            }
        ]

    def _follow_deed(self, deed):
        """What is settled needs no accountant; a draft left over tells that it is void."""
        result = super()._follow_deed(deed)
        if deed in ("refused", "withdrawn", "carried_out"):
            self._end_credit_request()
        if deed in ("refused", "withdrawn"):
            # sudo: whoever withdraws need not have rights in accounting
            for note in self.sudo().credit_note_id.filtered(lambda note: note.state == "draft"):
                note._message_log(
                    body=self.env._("What this credits was withdrawn: delete this draft.")
                )
        return result

    def _end_credit_request(self):
        # sudo: the activity is the accountant's
        self.sudo().credit_activity_id.unlink()
        self._write_facts({"is_credit_asked": False, "credit_activity_id": False})
