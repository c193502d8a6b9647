from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..logic import credit as logic
from .crm_complaint_compensation import ALIVE


class CrmComplaintCompensation(models.Model):
    """Drafting the credit note of what was granted.

    Whoever has the rights of accounting drafts it with these rights, by Odoo's own reversal.
    Nobody else writes in the books, not even a draft: he asks an accountant, who finds the request
    on the invoice.
    """

    _inherit = "crm.complaint.compensation"

    def action_credit(self):
        """Draft the credit note and open it; without rights in accounting, ask for it."""
        self.ensure_one().check_access("write")
        self._check_credit()
        if self._may_draft_credit():
            return self.complaint_id._open_moves(self._draft_credit())
        self._ask_credit()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%(name)s was asked to draft the credit note.",
                    # sudo: the name of an accountant is no secret
                    name=self.company_id.sudo().complaint_accountant_id.name,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _may_draft_credit(self):
        """Whether the user could draft a credit note of the invoice in accounting, too."""
        invoice = self.complaint_id.invoice_id
        reversals = self.env["account.move.reversal"]
        return reversals.has_access("create") and invoice.has_access("write")

    # --- why not

    def _check_credit(self):
        """Raise in plain words if no credit note can be drafted of this."""
        self._check_state("approved")
        # sudo: what an invoice has left does not depend on who asks
        one = self.sudo()
        if one.credit_note_id.state in ALIVE:
            raise UserError(
                self.env._(
                    "There is a credit note of “%(compensation)s” already. Delete or cancel it"
                    " before another is drafted.",
                    compensation=self.display_name,
                )
            )
        if not one.amount:
            raise UserError(
                self.env._("“%(one)s” is worth nothing to be credited.", one=self.display_name)
            )
        invoice = one.complaint_id.invoice_id
        facts = one._get_invoice_facts(invoice)
        amount = one._get_credit_amount(invoice) if facts else 0.0
        if obstacle := logic.find_obstacle(facts, amount):
            raise UserError(self._get_refusal(obstacle, facts))

    def _get_invoice_facts(self, invoice):
        if not invoice:
            return None
        notes = invoice.reversal_move_ids.filtered(lambda note: note.state in ALIVE)
        return logic.Invoice(
            state=invoice.state,
            total=invoice.amount_total,
            credited=sum(notes.mapped("amount_total")),
            rounding=invoice.currency_id.rounding,
        )

    def _get_refusal(self, obstacle, facts):
        """Return the reason and the way out; figures only for those who may read the invoice."""
        env = self.env
        match obstacle:
            case logic.NO_INVOICE:
                return env._("Choose the invoice on the complaint first: it is what is credited.")
            case logic.DRAFT:
                return env._("The invoice is still in draft. Have it posted, or changed, instead.")
            case logic.CANCELLED:
                return env._("The invoice is cancelled: there is nothing to credit.")
            case logic.ALL_CREDITED:
                return env._("The invoice is credited already, in full. Look at its credit notes.")
        invoice = self.complaint_id.invoice_id
        if not invoice.has_access("read"):
            return env._(
                "The amount granted is above what the invoice has left to be credited. Ask an"
                " accountant how much that is."
            )
        return env._(
            "The amount granted is above the %(left)s that the invoice has left to be credited."
            " Grant less, or give the rest in another way.",
            left=invoice.currency_id.format(facts.left),
        )

    def _get_credit_amount(self, invoice):
        """Return what is granted in the currency of the invoice, at today's rate."""
        self.ensure_one()
        for currency in self.currency_id | invoice.currency_id:
            self.complaint_id._check_rate(currency)
        today = fields.Date.context_today(self)
        return self.currency_id._convert(
            self.amount, invoice.currency_id, invoice.company_id, today
        )

    # --- asking

    def _ask_credit(self):
        """Ask the accountant of the company, by an activity on the invoice."""
        self.ensure_one()
        # sudo: whoever asks reads neither the accounting's settings nor the invoice
        one = self.sudo()
        accountant = one.company_id.complaint_accountant_id
        may_know = accountant not in one.complaint_id.hidden_user_ids
        may_draft = accountant.active and accountant.has_group("account.group_account_invoice")
        if not (may_know and may_draft):
            raise UserError(
                self.env._(
                    "Nobody is there to be asked for a credit note. Have an accountant chosen"
                    " in the settings of complaints, or pass it on yourself."
                )
            )
        one._end_credit_request()
        activity = one.complaint_id.invoice_id.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=accountant.id,
            summary=self.env._("Draft the credit note: %(what)s", what=one.display_name),
            note=one._get_credit_words(),
        )
        one._write_facts({"is_credit_asked": True, "credit_activity_id": activity.id})

    def _get_credit_words(self):
        """Return what the credit note is for. A secret complaint is not named to accountants."""
        self.ensure_one()
        complaint = self.complaint_id
        words = [self.remedy_id.name, self.description]
        if not (complaint.is_confidential or complaint.hidden_user_ids):
            words.append(self.env._("Complaint %(number)s", number=complaint.number))
        return ", ".join(filter(None, words))

    # --- drafting

    def _draft_credit(self):
        """Draft the credit note with the user's own rights in accounting, and return it.

        The compensation itself may be out of an accountant's reach: callers check who may.
        """
        self.ensure_one()
        # sudo: as far as it is about the complaint; documents are read and written without
        one = self.sudo()
        invoice = one.complaint_id.invoice_id.sudo(False)
        amount = one._get_credit_amount(invoice)
        note = one._reverse_invoice(invoice.with_company(invoice.company_id))
        if logic.exceeds(note.amount_total, amount, invoice.currency_id.rounding):
            one._reduce_credit(note, amount)
        one._end_credit_request()
        one._write_facts({"credit_note_id": note.id, "credit_amount": amount})
        note._message_log(body=one._get_credit_note(note))
        return note

    def _reverse_invoice(self, invoice):
        """Return a draft of all the invoice says, made by Odoo's own reversal."""
        lang = invoice.partner_id.lang or self.env.lang
        reversals = invoice.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        words = self.with_context(lang=lang)._get_credit_words()
        reversal = reversals.create({"reason": words, "journal_id": invoice.journal_id.id})
        reversal.refund_moves()
        return reversal.new_move_ids

    def _reduce_credit(self, note, amount):
        """Put a line for each account and tax in place of the goods, with ``amount`` as total.

        No quantities: nothing came back. Each tax bears its part, as core divides a down payment.
        """
        lang = note.partner_id.lang or self.env.lang
        name = self.with_context(lang=lang)._get_credit_words()
        taxes = note.env["account.tax"]
        lines = taxes._prepare_down_payment_lines(
            note._get_rounded_base_and_tax_lines()[0],
            note.company_id,
            "fixed",
            amount,
            computation_key=f"complaint,{self.id}",
            grouping_function=lambda line: {"account_id": line["account_id"]},
        )
        create = [
            Command.create(
                {
                    "name": name,
                    "quantity": 1.0,
                    "price_unit": line["price_unit"],
                    "tax_ids": [Command.set(line["tax_ids"].ids)],
                    "account_id": line["account_id"].id,
                    "analytic_distribution": line["analytic_distribution"],
                    "extra_tax_data": taxes._export_base_line_extra_tax_data(line),
                }
            )
            for line in lines
        ]
        note.write({"invoice_line_ids": [Command.clear(), *create]})

    def _get_credit_note(self, note):
        """Return what the chatter of the credit note says: what was granted, and at which rate."""
        text = self.env._("Drafted of what was granted: %(what)s.", what=self.display_name)
        if self.currency_id != note.currency_id:
            text += " " + self.env._(
                "%(amount)s at the rate of %(date)s.",
                amount=note.currency_id.format(self.credit_amount),
                date=format_date(self.env, fields.Date.context_today(self)),
            )
        return text
