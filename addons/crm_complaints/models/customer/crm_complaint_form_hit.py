from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, hmac

#: The window in which forms are counted.
WINDOW = timedelta(hours=1)


class CrmComplaintFormHit(models.Model):
    """Forms sent from outside in the last hour, to count them by. Nobody sees them.

    Addresses are kept as keyed hashes: enough to count by, and no personal data. Each form is a
    row of its own, so that two at once do not wait for each other.
    """

    _name = "crm.complaint.form.hit"
    _description = "Form Sent from Outside"
    _log_access = False

    date = fields.Datetime(required=True, readonly=True, index=True)
    address = fields.Char(readonly=True)
    mailbox = fields.Char(readonly=True)
    stamp = fields.Char(readonly=True)

    _address_index = models.Index("(address, date)")
    _mailbox_index = models.Index("(mailbox, date) WHERE mailbox IS NOT NULL")
    _stamp_unique = models.UniqueIndex(
        "(stamp) WHERE stamp IS NOT NULL", "This form was sent already."
    )

    @api.model
    def _count(self, address, mailbox):
        """Return how many forms came in the last hour: of an address, of a mailbox, of all."""
        rows = self.env.execute_query(
            SQL(
                "SELECT count(*) FILTER (WHERE address = %s), count(*) FILTER (WHERE mailbox = %s),"
                " count(*) FROM crm_complaint_form_hit WHERE date > %s",
                self._hash("address", address),
                self._hash("mailbox", mailbox),
                fields.Datetime.now() - WINDOW,
            )
        )
        return rows[0]

    @api.model
    def _note(self, address, mailbox, stamp=None):
        """Note that a form came. Return false if the form of this stamp came before."""
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO crm_complaint_form_hit (date, address, mailbox, stamp)"
                " VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id",
                fields.Datetime.now(),
                self._hash("address", address),
                self._hash("mailbox", mailbox),
                stamp or None,
            )
        )
        return bool(rows)

    @api.model
    def _hash(self, kind, value):
        if not value:
            return None
        # sudo: to read the secret of the database
        return hmac(self.env(su=True), f"crm_complaints.form.{kind}", value)

    @api.autovacuum
    def _gc_hits(self):
        """Forget what does not count any more; stamps as long as their forms can be sent."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_complaint_form_hit WHERE date < %s RETURNING 1",
                fields.Datetime.now() - timedelta(days=2),
            )
        )
