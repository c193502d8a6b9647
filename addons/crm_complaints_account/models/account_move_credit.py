from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic.credit import exceeds


class AccountMove(models.Model):
    """Credit notes of compensations: asked for, posted, taken back.

    The compensation follows the document: it is carried out when the credit note is posted, and
    waits again when that is cancelled or reset to draft. Never the other way round.
    """

    _inherit = "account.move"

    complaint_credit_ids = fields.One2many(
        "crm.complaint.compensation",
        "credit_note_id",
        "Compensations",
        groups="crm_complaints.group_user",
    )
    complaint_credit_count = fields.Integer(
        "Credit Notes Asked for",
        compute="_compute_complaint_credit_count",
        groups="account.group_account_invoice",
        help="What was granted on complaints about this invoice, and is to be credited.",
    )

    @api.depends_context("uid")
    def _compute_complaint_credit_count(self):
        asked = self._get_asked_credits()
        for move in self:
            move.complaint_credit_count = len(
                asked.filtered(lambda one, move=move: one.complaint_id.invoice_id == move._origin)
            )

    def _get_asked_credits(self):
        """Return what accountants were asked to credit on these invoices; in sudo.

        Not to whom a complaint is about: he must not learn of it.
        """
        # sudo: accountants need no rights on complaints to do what they are asked for
        return (
            self.env["crm.complaint.compensation"]
            .sudo()
            .search(
                [
                    ("complaint_id.invoice_id", "in", self.ids),
                    ("is_credit_asked", "=", True),
                    ("state", "=", "approved"),
                    ("complaint_id.hidden_user_ids", "not in", self.env.user.ids),
                ]
            )
        )

    def action_draft_complaint_credits(self):
        """Draft the credit notes that were asked for on this invoice, and open them."""
        self.ensure_one().check_access("write")
        self.env["account.move.reversal"].check_access("create")
        asked = self._get_asked_credits()
        if not asked:
            raise UserError(self.env._("Nothing is left to be credited here for a complaint."))
        notes = self.browse()
        for one in asked:
            one._check_credit()
            notes |= one._draft_credit()
        return self.env["crm.complaint"]._open_moves(notes)

    def _post(self, soft=True):
        self._check_complaint_credit()
        posted = super()._post(soft)
        credited = posted._get_complaint_credits().filtered(lambda one: one.state == "approved")
        for one in credited:
            one.reference = one.credit_note_id.name
        if credited:
            credited._carry_out()
        return posted

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("draft", "cancel"):
            self._take_credits_back()
        return result

    def _get_complaint_credits(self):
        """Return the compensations that these credit notes carry out; in sudo."""
        notes = self.filtered(lambda move: move.move_type == "out_refund")
        # sudo: they follow the document, whoever posts it
        compensations = self.env["crm.complaint.compensation"].sudo()
        return (
            compensations.search([("credit_note_id", "in", notes.ids)]) if notes else compensations
        )

    def _check_complaint_credit(self):
        """Raise if a credit note gives what is not, or no longer, granted."""
        for one in self._get_complaint_credits():
            note = one.credit_note_id
            if one.state != "approved":
                raise UserError(
                    self.env._(
                        "What “%(note)s” credits is not granted any more. Delete the draft.",
                        note=note.display_name,
                    )
                )
            if exceeds(note.amount_total, one.credit_amount, note.currency_id.rounding):
                raise UserError(
                    self.env._(
                        "“%(note)s” gives %(amount)s, and %(granted)s were granted. Lower it, or"
                        " credit the rest by another credit note.",
                        note=note.display_name,
                        amount=note.currency_id.format(note.amount_total),
                        granted=note.currency_id.format(one.credit_amount),
                    )
                )

    def _take_credits_back(self):
        for one in self._get_complaint_credits().filtered(lambda c: c.state == "carried_out"):
            number = one.reference or one.credit_note_id.name
            one.reference = False
            one._take_back(self.env._("The credit note %(number)s was taken back.", number=number))
