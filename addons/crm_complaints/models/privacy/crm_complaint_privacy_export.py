from odoo import models
from odoo.tools import html2plaintext

#: What people wrote to each other; notes among employees are not the person's.
TALK = ("email", "email_outgoing", "comment")


class CrmComplaint(models.Model):
    """What a person is told of what is kept about him."""

    _inherit = "crm.complaint"

    def _get_person_data(self):
        """Hook: return what is kept about the complainant in this complaint, for himself."""
        self.ensure_one()
        return {
            "number": self.number,
            "subject": self.name,
            "substance": html2plaintext(self.description or ""),
            "received": self.date_received,
            "answered": self.date_answered or None,
            "closed": self.date_closed or None,
            "channel": self.channel_id.name,
            "category": self.category_id.name,
            "product": self.product_id.display_name or None,
            "name": self.contact_name or None,
            "email": self.email_from or None,
            "phone": self.phone or None,
            "on_behalf_of": self.on_behalf_partner_id.display_name or None,
            "demanded": self.remedy_demanded_id.name or None,
            "amount_demanded": self.amount_demanded,
            "currency": self.currency_id.name,
            "stage": self.stage_id.name,
            "outcome": self.outcome or None,
            "messages": [
                {
                    "date": message.date,
                    "from": message.author_id.name or message.email_from,
                    "text": html2plaintext(message.body or ""),
                }
                for message in self._get_person_messages()
            ],
        }

    def _get_person_messages(self):
        """Return the messages exchanged with the complainant, the oldest first."""
        messages = self.message_ids.filtered(
            lambda m: m.message_type in TALK and not m.is_internal and not m.subtype_id.internal
        )
        return messages.sorted("id")

    def _get_person_files(self):
        """Return the files exchanged with the complainant, and those he attached."""
        return self._get_person_messages().attachment_ids
