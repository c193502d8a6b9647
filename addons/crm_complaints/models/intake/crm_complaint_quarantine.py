from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import plaintext2html

#: Why a mail made no complaint by itself. The first ones need nobody's decision.
AUTOMATIC_REASONS = [
    ("automatic_reply", "Automatic reply"),
    ("bounce", "Undelivered mail returned"),
    ("loop", "Sent by one of our own addresses"),
]
DOUBTFUL_REASONS = [
    ("machine", "Sent by a machine"),
    ("form", "Form filled in as machines do"),
    ("forged", "Not sent by whom it names as sender"),
    ("flood", "Too many mails of one sender"),
    ("stranger", "Reply to a complaint of somebody else"),
    ("too_large", "Too large"),
    ("reused", "Another mail came with the same Message-Id"),
    ("refused", "Not taken by the mail system"),
    ("unreadable", "Could not be read"),
]
REASONS = AUTOMATIC_REASONS + DOUBTFUL_REASONS
STATES = [
    ("waiting", "Waiting"),
    ("kept", "Kept"),
    ("registered", "Complaint Made"),
    ("attached", "Added to a Complaint"),
    ("dismissed", "Dismissed"),
]


class CrmComplaintQuarantine(models.Model):
    """A mail that made no complaint by itself, kept whole until somebody decides.

    Nothing that came in gets lost: what is doubtful waits here, what machines write is kept
    without bothering anybody. Nobody can delete or rewrite an entry; what is decided about it
    (``crm_complaint_quarantine_decisions``) is on record for ever.
    """

    _name = "crm.complaint.quarantine"
    _description = "Quarantined Mail"
    _inherit = ["crm.deadline.sealed"]
    _order = "date_received desc, id desc"

    name = fields.Char("Subject", readonly=True)
    sender = fields.Char("From", readonly=True, help="As the mail says. It may be wrong.")
    recipients = fields.Char("To", readonly=True)
    date_received = fields.Datetime("Received", required=True, readonly=True)
    excerpt = fields.Text("Beginning", readonly=True)
    reason = fields.Selection(REASONS, required=True, readonly=True)
    explanation = fields.Char(readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="waiting")
    size_bytes = fields.Integer("Size", readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment", "Mail", readonly=True, ondelete="restrict", help="The mail as it came."
    )
    mailbox_id = fields.Many2one(
        "crm.complaint.mailbox", readonly=True, ondelete="set null", index="btree_not_null"
    )
    team_id = fields.Many2one(
        "crm.team", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    complaint_id = fields.Many2one(
        "crm.complaint",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The complaint the mail claims to be about; after the decision, the one it became"
        " part of.",
    )
    deed_ids = fields.One2many(
        "crm.complaint.quarantine.deed", "quarantine_id", "Decisions", readonly=True
    )

    _waiting_index = models.Index("(company_id, date_received DESC) WHERE state = 'waiting'")

    @api.model
    def _keep(self, mail, reason, explanation=None):
        """Keep a mail (``intake.Mail``) with the reason why, and return the entry.

        It is written as the system, and must not fail: what cannot be read is left out.
        """
        # sudo: mails come in whoever runs the gateway; an outsider's mail has no rights
        entries = self.sudo()
        mailbox = entries.env["crm.complaint.mailbox"].browse(mail.mailbox_ids[:1])
        complaint = entries.env["crm.complaint"].browse(mail.complaint_id or [])
        company = complaint.company_id or mailbox.company_id or self.env.company
        reader = entries.env["crm.complaint.gateway"]
        entry = entries._sealed_create(
            [
                {
                    "name": reader._get_subject(mail.message),
                    "sender": reader._get_header(mail.message, "From"),
                    "recipients": ", ".join(mail.recipients)[:1000],
                    "date_received": mail.date,
                    "excerpt": reader._get_text(mail.message)[:2000],
                    "reason": reason,
                    "explanation": explanation,
                    "state": "kept" if reason in dict(AUTOMATIC_REASONS) else "waiting",
                    "size_bytes": len(mail.raw),
                    "mailbox_id": mailbox.id,
                    "team_id": complaint.team_id.id or mailbox.team_id.id,
                    "company_id": company.id,
                    "complaint_id": complaint.id,
                }
            ]
        )
        entry._keep_raw(mail.raw)
        return entry

    def _keep_raw(self, raw):
        """Keep the mail as it came; as a download, never to be shown by a browser."""
        self.ensure_one()
        attachment = self.env["ir.attachment"].create(
            {
                "name": "mail.eml",
                "raw": raw,
                "mimetype": "application/octet-stream",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self._sealed_write({"attachment_id": attachment.id})

    @api.model
    @api.readonly
    def get_waiting_count(self):
        """Return how many mails wait for the user's decision; 0 for whom they are not shown."""
        if not self.has_access("read"):
            return 0
        return self.search_count([("state", "=", "waiting")])

    def _check_decider(self):
        """Check that the user may decide about these mails."""
        self.check_access("read")
        if not self.env.user.has_group("crm_complaints.group_manager"):
            raise AccessError(
                self.env._("Only the managers of complaints decide about mails in quarantine.")
            )

    def _get_body(self):
        """Return the text of the mail as harmless HTML."""
        self.ensure_one()
        return plaintext2html(self.excerpt or "")
