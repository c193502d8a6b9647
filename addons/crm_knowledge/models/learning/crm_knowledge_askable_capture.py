from odoo import api, models
from odoo.exceptions import UserError

from ...logic.text import strip_html

LAST_ANSWERS = 3
LAST_AUTHORS = 100


class CrmKnowledgeAskable(models.AbstractModel):
    """A solved question is written down at once, from the record where it was solved."""

    _inherit = "crm.knowledge.askable"

    def action_capture_knowledge(self):
        """Return the dialog in which the record becomes an article."""
        self._check_askable()
        return self.env["crm.knowledge.capture"]._open_for(self)

    def _get_capture_texts(self):
        """Hook: return title, question in the customer's words, and answer that was given."""
        question = "\n".join(reversed(self._get_customer_messages()))
        return self.display_name or "", question, "\n".join(self._get_own_answers())

    def _get_capture_links(self):
        """Hook: return, by field of the article, what an article written from it is linked to."""
        return {}

    def _get_private_names(self):
        """Hook: return the names of people and companies nobody may recognize in an article."""
        customer = self._get_knowledge_customer()
        # sudo: a name is taken out also where the writer may not open the contact
        people = (customer | customer.commercial_partner_id).sudo()
        written = self.env["mail.message"].search(
            [("model", "=", self._name), ("res_id", "=", self.id)], limit=LAST_AUTHORS
        )
        people |= written.author_id.sudo()  # sudo: as above
        return [name for name in people.mapped("name") if name]

    def _get_own_answers(self):
        """Return what we have written to the customer last, the oldest first."""
        written = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "in", ("comment", "email_outgoing")),
                ("subtype_id", "=", self.env.ref("mail.mt_comment").id),
                ("author_id.partner_share", "=", False),
            ],
            limit=LAST_ANSWERS,
        )
        return [strip_html(message.body) for message in reversed(written)]

    @api.model
    def _get_askable_record(self, model, res_id):
        """Return the record of a kind that asks, if the user may read it, or refuse."""
        is_known = isinstance(model, str) and model in self.env
        is_askable = is_known and isinstance(
            self.env[model], self.env.registry["crm.knowledge.askable"]
        )
        is_number = isinstance(res_id, int) and not isinstance(res_id, bool)
        if not is_askable or not is_number or not 0 < res_id < 2**31:
            raise UserError(
                self.env._("An article cannot be written from this. Open the record itself.")
            )
        record = self.env[model].browse(res_id)
        record.check_access("read")
        return record
