from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import html2plaintext

#: Of a message without a subject the first words name the complaint.
LONGEST_NAME = 80


class CrmComplaint(models.Model):
    """A complaint made of a message on another document, with one click and a way back."""

    _inherit = "crm.complaint"

    origin_message_id = fields.Many2one(
        "mail.message",
        "Made of Message",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="The message on another document that this complaint was made of.",
    )
    origin_note_id = fields.Many2one(
        "mail.message",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The note on the other document that tells of this complaint.",
    )

    _origin_unique = models.UniqueIndex(
        "(origin_message_id) WHERE origin_message_id IS NOT NULL",
        "There is already a complaint of this message.",
    )

    @api.model
    def register_message(self, message_id):
        """Make a complaint of a message the caller may read; its clock starts at its date.

        For every employee, like ``register_complaint``. A second click finds the same complaint.

        :return: ``id`` and ``number`` of the complaint, ``is_new``, and ``is_readable``: whether
            the caller may open it; without id and number where somebody else made it and the
            caller may not see it
        """
        message = self._check_message(message_id)
        message.lock_for_update(allow_referencing=True)
        # whether there is one already does not depend on who may see it
        complaints = self._as_registrar().with_context(active_test=False)
        complaint = complaints.search([("origin_message_id", "=", message.id)])
        is_new = not complaint
        if is_new:
            complaint = complaints.create(self._prepare_from_message(message))
            complaint._take_over(message)
        is_readable = complaint.sudo(False).has_access("read")
        # whose complaint it is stays hidden from whoever neither made nor may see it
        is_told = is_new or is_readable
        return {
            "id": is_told and complaint.id,
            "number": is_told and complaint.number,
            "is_new": is_new,
            "is_readable": is_readable,
        }

    @api.model
    def _check_message(self, message_id):
        """Return the message, if a complaint can be made of it and the caller may read it."""
        if not self.env.user._is_internal():
            raise AccessError(self.env._("Only employees hand in complaints this way."))
        if not isinstance(message_id, int) or isinstance(message_id, bool):
            raise UserError(self.env._("Choose the message that the complaint is to be made of."))
        message = self.env["mail.message"].browse(message_id).exists()
        if not message:
            raise UserError(self.env._("This message is gone. Reload the page."))
        message.check_access("read")
        if message.model == self._name:
            raise UserError(self.env._("This message is part of a complaint already."))
        return message

    @api.model
    def _prepare_from_message(self, message):
        """Hook: return the values of a complaint from a message, which the caller may read."""
        # sudo: who wrote it and whose document it is follows from the message
        message = message.sudo()
        document = self._get_document(message)
        customer = document._mail_get_customer() if document else message.author_id.browse()
        partner = message.author_id if message.author_id.partner_share else customer
        company = self.env.company
        if document and "company_id" in document._fields:
            company = document.company_id or company
        text = " ".join(html2plaintext(message.body or "").split())
        # sudo: channels say the same to everybody
        channel = self.env["crm.complaint.channel"].sudo()._get_by_code("chatter")
        vals = {
            "name": message.subject or text[:LONGEST_NAME] or self._get_nameless(document),
            "description": message.body,
            "date_received": min(message.date, fields.Datetime.now()),
            "channel_id": channel.id,
            "company_id": company.id,
            "origin_message_id": message.id,
        }
        if partner and partner.company_id.id in (False, company.id):
            vals["partner_id"] = partner.id
        elif not message.author_id:
            vals["email_from"] = message.email_from
        is_for_another = customer.commercial_partner_id != partner.commercial_partner_id
        if customer and is_for_another and customer.company_id.id in (False, company.id):
            vals["on_behalf_partner_id"] = customer.id
        for name in ("lead_id", *self._get_documents()):
            if document and self._fields[name].comodel_name == message.model:
                vals[name] = document.id
        return vals

    @api.model
    def _get_document(self, message):
        if message.model not in self.env or not message.res_id:
            return None
        # sudo: whose document it is follows from a message that the caller may read
        return self.env[message.model].sudo().browse(message.res_id).exists()

    @api.model
    def _get_nameless(self, document):
        name = document.display_name if document else ""
        return name or self.env._("Complaint without a subject")

    def _take_over(self, message):
        """Copy the files of the message here, and tell each side of the other."""
        self.ensure_one()
        # sudo: files of a message are read by whoever reads the message
        for attachment in message.sudo().attachment_ids:
            attachment.copy({"res_model": self._name, "res_id": self.id})
        document = self._get_document(message)
        if not document:
            return
        author = self.env.user.partner_id.id
        self.message_post(
            body=Markup("%s %s") % (self.env._("Made of a message on:"), document._get_html_link()),
            author_id=author,
        )
        if not (self.is_confidential or self.hidden_user_ids):
            text = self.env._(
                "Complaint %(number)s was made of a message here.", number=self.number
            )
            self.origin_note_id = document.message_post(body=text, author_id=author)

    def _shut_out_hidden(self):
        """Take back the note on the other document of what not everybody may know of."""
        result = super()._shut_out_hidden()
        # sudo: the note is the system's
        secret = self.sudo().filtered(lambda c: c.is_confidential or c.hidden_user_ids)
        secret.origin_note_id.unlink()
        return result

    def action_origin(self):
        """Open the document with the message that this complaint was made of."""
        self.ensure_one().check_access("read")
        # sudo: only to learn which document it is, whose own check then decides
        message = self.sudo().origin_message_id
        document = self._get_document(message)
        if not document:
            raise UserError(self.env._("The message or its document is gone."))
        document.sudo(False).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": document._name,
            "res_id": document.id,
            "views": [(False, "form")],
        }
