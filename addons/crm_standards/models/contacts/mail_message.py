from collections import defaultdict

from odoo import api, models


class MailMessage(models.Model):
    """Messages are most of the contacts with customers."""

    _inherit = "mail.message"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_excess(vals_list)
        messages = super().create(vals_list)
        kinds = self.env["crm.standard.contact"]._get_message_types()
        if ids := [
            message.id
            for message in messages
            if message.model and (message.message_type in kinds or message.mail_activity_type_id)
        ]:
            self.env["crm.standard.contact"]._note_messages(ids)
        return messages

    @api.model
    def _refuse_excess(self, vals_list):
        """Refuse a person's message to a customer who may not be contacted once more."""
        norms = self.env["crm.standard.contact.norm"]
        if self.env.su or not norms._has_bounds():
            return
        kinds = ("comment", "email_outgoing", "sms")
        sent = [vals for vals in vals_list if vals.get("message_type") in kinds]
        norms._refuse_excess(self._get_recipients(sent))

    @api.model
    def _get_recipients(self, vals_list):
        """Return the people outside the company whom messages are sent to.

        A mass mailing brings hundreds: followers are looked up once for each model and subtype.
        """
        # mail decides who may be written to; here only who is meant
        people, subtypes = self.env["res.partner"].sudo(), self.env["mail.message.subtype"].sudo()
        ids, documents, messaged = set(), defaultdict(set), defaultdict(set)
        for vals in vals_list:
            subtype = subtypes.browse(vals.get("subtype_id"))
            is_sms = vals.get("message_type") == "sms"
            if not is_sms and (vals.get("is_internal") or subtype.internal or not subtype):
                continue
            commands = vals.get("partner_ids") or []
            ids.update(command[1] for command in commands if command[0] == 4)
            ids.update(pid for command in commands if command[0] == 6 for pid in command[2])
            if vals.get("model") not in self.env or not vals.get("res_id"):
                continue
            if is_sms:  # filed as a note, and sent to the customer of the document, or his number
                messaged[vals["model"]].add(vals["res_id"])
            else:
                documents[vals["model"], subtype.id].add(vals["res_id"])
        followers = self.env["mail.followers"].sudo()  # whoever follows gets it
        for (model, subtype_id), res_ids in documents.items():
            domain = [("res_model", "=", model), ("res_id", "in", list(res_ids))]
            found = followers.search([*domain, ("subtype_ids", "in", [subtype_id])])
            ids.update(found.partner_id.ids)
        get_customers = self.env["crm.standard.contact.norm"]._get_customers
        for model, res_ids in messaged.items():
            # sudo: as above
            ids.update(get_customers(self.env[model].sudo().browse(res_ids)).ids)
        return people.browse(ids).filtered("partner_share")
