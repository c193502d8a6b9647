from markupsafe import Markup

from odoo import fields, models
from odoo.fields import Command

from ..case.crm_complaint_stage import OPEN_KINDS

#: What a later complaint has in common with the one it goes on from.
COMMON = (
    "partner_id on_behalf_partner_id contact_name email_from phone lang category_id product_id"
    " lead_id remedy_demanded_id currency_id company_id team_id user_id severity impact"
    " is_confidential"
).split()


class CrmComplaint(models.Model):
    """The complaint in which an ended one goes on when its term for reopening is over."""

    _inherit = "crm.complaint"

    def _get_open_next(self):
        """Return the open complaint in which this one went on, if there is one."""
        return self.next_ids.filtered(lambda one: one.state in OPEN_KINDS)[:1]

    def _create_next(self, description, message=None):
        """Create the complaint that goes on from this one, and link both."""
        self.ensure_one()
        vals = self._prepare_next(description, message)
        # who may see it is taken over from this one, whoever objects
        later = self._as_registrar().create(vals)
        later._write_reopening({"previous_id": self.id})
        if message:
            later._take_files(message)
        self._note_link(later)
        return later.with_env(self.env)

    def _prepare_next(self, description, message=None):
        """Hook: return the values of the complaint that goes on from this one."""
        names = (*COMMON, *self._get_documents())
        vals = {name: self._fields[name].convert_to_write(self[name], self) for name in names}
        if not self.user_id.active:
            vals["user_id"] = False
        now = fields.Datetime.now()
        return {
            **vals,
            "name": self.name,
            "description": description,
            "date_received": min(message.date, now) if message else now,
            "channel_id": self._get_next_channel(message).id,
            "about_user_ids": [Command.set(self.about_user_ids.ids)],
            "confidant_ids": [Command.set(self.confidant_ids.ids)],
        }

    def _get_next_channel(self, message):
        code = {"email": "mail", "comment": "portal"}.get(message.message_type) if message else ""
        # sudo: channels say the same to everybody
        return self.env["crm.complaint.channel"].sudo()._get_by_code(code) or self.channel_id

    def _take_files(self, message):
        """Take copies of the files of a message that stands on the ended complaint."""
        for file in message.attachment_ids:
            file.copy({"res_model": self._name, "res_id": self.id})

    def _note_more(self, message):
        """Take over what the customer wrote on the ended complaint instead of this one."""
        files = [(file.name, file.raw) for file in message.attachment_ids]
        self.message_post(
            body=Markup(message.body or ""),  # cleaned when it was received
            author_id=message.author_id.id,
            email_from=message.email_from,
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            attachments=files,
        )

    def _note_link(self, later):
        """Say on both complaints where the case goes on, in sudo as it was linked."""
        # by number only: either may become confidential, and notes are not rewritten
        link = later._get_html_link(title=later.number)
        words = self.env._("The case goes on in %(complaint)s.", complaint=link)
        # sudo: whoever objects may not write notes
        self.sudo()._message_log(body=Markup("<p>%s</p>") % words)
        link = self._get_html_link(title=self.number)
        words = self.env._("The case goes on from %(complaint)s.", complaint=link)
        later._message_log(body=Markup("<p>%s</p>") % words)
