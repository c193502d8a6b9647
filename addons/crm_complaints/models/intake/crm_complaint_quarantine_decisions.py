from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmComplaintQuarantine(models.Model):
    """What can be done with a quarantined mail: make a complaint, add it to one, dismiss it."""

    _inherit = "crm.complaint.quarantine"

    def action_register(self):
        """Make a complaint of each of these mails, received when the mail was, and show them."""
        self._check_decider()
        complaints = self.env["crm.complaint"]
        for entry in self._lock_undecided():
            # sudo: the entry belongs to the system; who may decide is checked above
            complaint = entry.sudo()._make_complaint()
            entry._decide("registered", complaint=complaint)
            complaints |= complaint
        return self._get_complaints_action(complaints.sudo(False))

    def action_download(self):
        """Hand the mail out as it came, as a file: it is never shown by a browser."""
        self.ensure_one().check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}?download=1",
        }

    def action_reopen(self):
        """Take up again what was dismissed or only kept."""
        self._check_decider()
        for entry in self.filtered(lambda entry: entry.state in ("dismissed", "kept")):
            entry._decide("reopened")
        return True

    def _attach_to(self, complaint, reason=None, is_public=False):
        """Add these mails to a complaint the user may change.

        :param is_public: whether the complainant sees the mail as part of the conversation;
            otherwise it becomes an internal note
        """
        self._check_decider()
        complaint.ensure_one().check_access("write")
        for entry in self._lock_undecided():
            # sudo: as above
            entry.sudo()._post_on(complaint.sudo(), is_public)  # sudo: as above
            entry._decide("attached", reason, complaint)
        return True

    def _dismiss(self, reason):
        """Let these mails rest, for a reason that stays on record."""
        self._check_decider()
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why the mail is dismissed: the reason stays on record.")
            )
        for entry in self._lock_undecided():
            entry._decide("dismissed", reason.strip())
        return True

    def _lock_undecided(self):
        """Return those still undecided, locked, so that two people do not decide at once."""
        self.lock_for_update()
        self.invalidate_recordset(["state"])
        decided = self.filtered(lambda entry: entry.state not in ("waiting", "kept"))
        if decided:
            raise UserError(
                self.env._(
                    "“%(mail)s” is decided already. Take it up again if the decision was wrong.",
                    mail=decided[0].display_name or decided[0].sender,
                )
            )
        return self

    def _decide(self, deed, reason=None, complaint=None):
        self.ensure_one()
        vals = {"state": "waiting" if deed == "reopened" else deed}
        if complaint:
            vals["complaint_id"] = complaint.id
        # sudo: the log and the entry are written by the system only
        entry = self.sudo()
        entry._sealed_write(vals)
        entry.env["crm.complaint.quarantine.deed"]._sealed_create(
            [
                {
                    "quarantine_id": self.id,
                    "deed": deed,
                    "reason": reason,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                }
            ]
        )

    def _make_complaint(self):
        """Make a complaint of this mail, however broken it is."""
        self.ensure_one()
        content = self._read_content()
        complaints = self.env["crm.complaint"].with_context(mail_create_nosubscribe=True)
        defaults = self.mailbox_id._get_defaults() if self.mailbox_id else {}
        values = {
            **complaints._prepare_from_mail(content, self.date_received),
            "company_id": self.company_id.id,
            **{name: value for name, value in defaults.items() if value},
        }
        complaint = complaints.create(values)
        complaint._post_mail(content)
        return complaint

    def _post_on(self, complaint, is_public):
        subtype = "mail.mt_comment" if is_public else "mail.mt_note"
        complaint._post_mail(self._read_content(), subtype_xmlid=subtype)

    def _read_content(self):
        """Return the mail as core hands mails on, with its whole if parts cannot be read."""
        self.ensure_one()
        raw = self.attachment_id.raw or b""
        content = self.env["crm.complaint.gateway"]._parse(raw)
        return {**content, "date": self.date_received}

    @api.model
    def _get_complaints_action(self, complaints):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        if len(complaints) == 1:
            return {**action, "views": [(False, "form")], "res_id": complaints.id}
        return {**action, "domain": [("id", "in", complaints.ids)], "context": {}}
