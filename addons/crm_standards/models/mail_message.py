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
        people = self.env["res.partner"]
        for vals in vals_list:
            if vals.get("message_type") in ("comment", "email_outgoing"):
                people |= self._get_recipients(vals)
        norms._refuse_excess(people)

    @api.model
    def _get_recipients(self, vals):
        """Return the people outside the company whom a message is sent to."""
        # mail decides who may be written to; here only who is meant
        people = self.env["res.partner"].sudo()
        subtype = self.env["mail.message.subtype"].sudo().browse(vals.get("subtype_id"))  # likewise
        if vals.get("is_internal") or subtype.internal or not subtype:
            return people
        commands = vals.get("partner_ids") or []
        ids = [command[1] for command in commands if command[0] == 4]
        ids += [pid for command in commands if command[0] == 6 for pid in command[2]]
        model = vals.get("model")
        if model in self.env and vals.get("res_id") and not subtype.internal:
            followers = self.env["mail.followers"].sudo()  # whoever follows gets it
            followers = followers.search(
                [
                    ("res_model", "=", model),
                    ("res_id", "=", vals["res_id"]),
                    ("subtype_ids", "in", subtype.ids),
                ]
            )
            ids += followers.partner_id.ids
        return people.browse(ids).filtered("partner_share")
