from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What a customer gets from us: he complains about one of these.
INVOICE_TYPES = ("out_invoice", "out_receipt")


class CrmComplaint(models.Model):
    """The invoice that a complaint is about: one of the customer's own, of the same company.

    Who has no rights in accounting reads its name on the complaint, but neither chooses nor opens
    it.
    """

    _inherit = "crm.complaint"

    invoice_id = fields.Many2one(
        "account.move",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        tracking=True,
        copy=False,
        domain="[('move_type', 'in', ('out_invoice', 'out_receipt')), ('state', '=', 'posted'),"
        " ('company_id', '=', company_id), '|',"
        " ('commercial_partner_id', '=', commercial_partner_id),"
        " ('partner_id', '=', on_behalf_partner_id)]",
        help="The customer's invoice that the complaint is about. What is granted is credited"
        " on it.",
    )
    can_choose_invoice = fields.Boolean(compute="_compute_can_choose_invoice")
    can_open_invoice = fields.Boolean(compute="_compute_can_open_invoice")
    credit_note_count = fields.Integer(
        "Credit Notes",
        compute="_compute_credit_note_count",
        help="Credit notes drafted or posted for this complaint, as far as you may see them.",
    )

    @api.depends_context("uid")
    def _compute_can_choose_invoice(self):
        self.can_choose_invoice = self.env["account.move"].has_access("read")

    @api.depends("invoice_id")
    @api.depends_context("uid")
    def _compute_can_open_invoice(self):
        readable = self.invoice_id._filtered_access("read")
        for complaint in self:
            complaint.can_open_invoice = complaint.invoice_id in readable

    @api.depends("compensation_ids.credit_note_id")
    @api.depends_context("uid")
    def _compute_credit_note_count(self):
        readable = self.compensation_ids.credit_note_id._filtered_access("read")
        for complaint in self:
            complaint.credit_note_count = len(complaint.compensation_ids.credit_note_id & readable)

    @api.constrains("invoice_id", "partner_id", "on_behalf_partner_id", "company_id")
    def _check_invoice_customer(self):
        # sudo: whose invoice it is does not depend on who asks
        for complaint in self.sudo().filtered("invoice_id"):
            invoice = complaint.invoice_id
            if invoice.move_type not in INVOICE_TYPES:
                raise ValidationError(
                    self.env._(
                        "“%(move)s” is no invoice to a customer. Choose the invoice that the"
                        " complaint is about.",
                        move=invoice.name,
                    )
                )
            if not complaint._is_of_complainant(invoice.commercial_partner_id):
                raise ValidationError(
                    self.env._(
                        "The invoice of “%(complaint)s” is not one of the complainant's own, nor"
                        " of whom he speaks for. Choose another invoice, or the right complainant.",
                        complaint=complaint.display_name,
                    )
                )

    @api.model
    def _get_documents(self):
        return [*super()._get_documents(), "invoice_id"]

    @api.model
    def _prepare_registration(self, values):
        """Customer and company are those of the invoice, where nobody says otherwise."""
        vals = super()._prepare_registration(values)
        if invoice_id := vals.get("invoice_id"):
            invoice = self.env["account.move"].browse(invoice_id)
            vals["company_id"] = invoice.company_id.id
            vals["partner_id"] = vals.get("partner_id") or invoice.partner_id.id
        return vals

    @api.model
    def _prepare_from_message(self, message):
        """A message on a bill, a credit note or an entry names no invoice of the customer."""
        vals = super()._prepare_from_message(message)
        # sudo: what kind of document it is belongs to the message, which the caller may read
        invoice = self.env["account.move"].sudo().browse(vals.get("invoice_id"))
        if invoice.move_type not in INVOICE_TYPES:
            vals.pop("invoice_id", None)
        return vals

    @api.model
    def _get_split_links(self):
        return [*super()._get_split_links(), "invoice_id"]

    @api.model
    def _get_person_fields(self, model):
        """Documents of accounting name the customer: an anonymized case forgets them."""
        documents = [
            name
            for name, field in model._fields.items()
            if field.store and field.type == "many2one" and field.comodel_name == "account.move"
        ]
        return [*super()._get_person_fields(model), *documents]

    def _shut_out_hidden(self):
        """Ask no accountant whom it is hidden from, and name to none what became secret."""
        result = super()._shut_out_hidden()
        # sudo: activities of accountants
        for one in self.sudo().compensation_ids.filtered("credit_activity_id"):
            if one.credit_activity_id.user_id in one.complaint_id.hidden_user_ids:
                one._end_credit_request()
            else:
                one.credit_activity_id.note = one._get_credit_words()
        return result

    def action_invoice(self):
        """Open the invoice that the complaint is about."""
        self.ensure_one().check_access("read")
        if not self.invoice_id:
            raise UserError(self.env._("No invoice is chosen on this complaint."))
        return self._open_moves(self.invoice_id)

    def action_credit_notes(self):
        """Open the credit notes of what was granted, as far as the user may see them."""
        self.ensure_one().check_access("read")
        notes = self.compensation_ids.credit_note_id._filtered_access("read")
        return self._open_moves(notes)

    @api.model
    def _open_moves(self, moves):
        """Return the action that shows documents of accounting; whoever opens it may read them."""
        moves.check_access("read")
        action = {"type": "ir.actions.act_window", "res_model": "account.move"}
        if len(moves) == 1:
            return {**action, "res_id": moves.id, "views": [(False, "form")]}
        name = self.env._("Credit Notes")
        views = [(self.env.ref("account.view_out_credit_note_tree").id, "list"), (False, "form")]
        return {**action, "name": name, "domain": [("id", "in", moves.ids)], "views": views}
