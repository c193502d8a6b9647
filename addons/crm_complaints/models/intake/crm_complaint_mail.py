from odoo import api, fields, models
from odoo.tools import SQL


class CrmComplaintMail(models.Model):
    """The register of mails that came in: by it the same mail makes one complaint, however often.

    Core looks for the Message-Id among its messages, which two servers do at the same time and
    both find nothing. Here PostgreSQL decides: of two claims for one mail one wins, and whoever
    loses ends his transaction as a conflict, or waits and wins when the other one fails.
    """

    _name = "crm.complaint.mail"
    _description = "Received Mail of Complaints"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "sender"

    key = fields.Char(required=True, readonly=True, help="Made of the Message-Id.")
    content = fields.Char(
        required=True,
        readonly=True,
        help="Made of what is in the mail. Some programs give all their mails one Message-Id.",
    )
    sender = fields.Char(readonly=True)
    date = fields.Datetime(required=True, readonly=True)
    complaint_id = fields.Many2one(
        "crm.complaint", readonly=True, index="btree_not_null", ondelete="set null"
    )

    _mail_unique = models.UniqueIndex("(key, content)")
    _sender_index = models.Index("(sender, date)")

    @api.model
    def _claim(self, mail):
        """Return the entry of a mail that was not known yet; empty for one that was."""
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_complaint_mail
                            (key, content, sender, date, create_uid, create_date,
                             write_uid, write_date)
                     VALUES (%(key)s, %(content)s, %(sender)s, %(now)s, %(uid)s, %(now)s,
                             %(uid)s, %(now)s)
                ON CONFLICT (key, content) DO NOTHING
                  RETURNING id
                """,
                key=mail.identity.key,
                content=mail.identity.content,
                sender=mail.sender or None,
                uid=self.env.uid,
                now=fields.Datetime.now(),
            )
        )
        return self.browse(rows[0] if rows else [])

    @api.model
    def _is_other_known(self, mail):
        """Whether another mail came before under the same Message-Id."""
        domain = [("key", "=", mail.identity.key), ("content", "!=", mail.identity.content)]
        return bool(self.search_count(domain, limit=1))

    @api.model
    def _count_since(self, sender, moment):
        """Return how many mails of a sender came since ``moment``."""
        return self.search_count([("sender", "=", sender), ("date", ">=", moment)])
