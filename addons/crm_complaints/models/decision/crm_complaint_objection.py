from lxml import html as lxml_html

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...logic.reopening import FOLLOW_UP, IGNORE, is_by_machine, is_thanks
from ...way import MAIL, PORTAL, by_way


class CrmComplaint(models.Model):
    """What a customer's message does to an ended case: see ``logic/reopening.py``."""

    _inherit = "crm.complaint"

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if len(self) == 1 and self.date_closed and self._is_objection(message):
            # sudo: a customer reopens his case without rights on complaints
            self.sudo()._object(message.sudo())
        return result

    def _is_objection(self, message):
        """Whether a message is one of the customer and may say something new."""
        if message.message_type not in ("comment", "email") or message.subtype_id.internal:
            return False
        return self._is_from_complainant(message.sudo())  # sudo: authors are contacts

    def _object(self, message):
        """Go on with the ended case, or with a new one; a person decides where neither goes."""
        verdict = self._judge_reopening(self._says_nothing(message))
        if verdict == IGNORE:
            return
        way = MAIL if message.message_type == "email" else PORTAL
        try:
            with self.env.cr.savepoint(), by_way(way):
                if verdict != FOLLOW_UP:
                    self.stage_id = self._get_stage_to_reopen()
                elif later := self._get_open_next():
                    later._note_more(message)
                else:
                    self._create_next(message.body, message)
                self.env.flush_all()
        except UserError:
            # the process or a merge forbids it: the message stays, and somebody looks at it
            self.invalidate_recordset()
            if person := (self.user_id or self.team_id.user_id) - self.hidden_user_ids:
                self.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=person.id,
                    summary=self.env._("The customer wrote about this ended case"),
                )

    def _says_nothing(self, message):
        """Hook: whether a message needs no work: thanks, or the answer of a machine."""
        if is_by_machine(message.subject or ""):
            return True
        if message.attachment_ids:
            return False
        names = filter(None, (self.contact_name, self.partner_id.name, message.author_id.name))
        return is_thanks(html2plaintext(self._drop_quotes(message.body or "")), set(names))

    @api.model
    def _drop_quotes(self, body):
        """Return a body without what the mail system marks as quoted."""
        if not body.strip():
            return ""
        tree = lxml_html.fragment_fromstring(body, create_parent="div")
        for quote in tree.xpath("//*[@data-o-mail-quote] | //blockquote"):
            quote.drop_tree()
        return lxml_html.tostring(tree, encoding="unicode")
