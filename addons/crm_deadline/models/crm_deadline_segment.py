from odoo import fields, models
from odoo.tools import SQL

from ..logic import clock as logic


class CrmDeadlineSegment(models.Model):
    """The ledger read as stretches of time: running, paused, late. A view, nothing is stored.

    ``logic.segments`` says the same of one ledger; a test compares the two.
    """

    _name = "crm.deadline.segment"
    _description = "Deadline Segment"
    _inherit = ["crm.deadline.entry"]
    _auto = False
    _order = "clock_id, id"
    _rec_name = "kind"

    kind = fields.Selection(
        [(logic.RUNNING, "Running"), (logic.PAUSED, "Paused"), (logic.MISSED, "Late")],
        "Segment",
        readonly=True,
    )
    date_from = fields.Datetime("From", readonly=True)
    date_to = fields.Datetime("To", readonly=True, help="Empty while it lasts.")
    duration_hours = fields.Float(
        "Hours", readonly=True, help="Round the clock; of a segment that lasts: until now."
    )
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    policy_id = fields.Many2one("crm.deadline.policy", readonly=True)
    version_id = fields.Many2one("crm.deadline.policy.version", readonly=True)
    date_due = fields.Datetime("Due Then", readonly=True)

    @property
    def _table_query(self):
        """Return the segments: from each entry that begins one to the next such entry.

        Another term begins a new segment of the same kind; an assignment begins none.
        """
        return SQL(
            """
            SELECT entry.id, entry.clock_id, entry.date AS date_from, entry.date_to,
                   EXTRACT(epoch FROM COALESCE(entry.date_to, now() AT TIME ZONE 'UTC')
                                      - entry.date) / 3600 AS duration_hours,
                   CASE cause.kind WHEN 'pause' THEN 'paused' WHEN 'miss' THEN 'missed'
                                   ELSE 'running' END AS kind,
                   COALESCE(entry.reason, cause.reason) AS reason,
                   entry.user_id, entry.policy_id, entry.version_id, entry.date_due
              FROM (SELECT event.*,
                           LEAD(event.date) OVER clock AS date_to,
                           MAX(event.id) FILTER (WHERE event.kind <> 'reapply')
                               OVER clock AS cause_id
                      FROM crm_deadline_event AS event
                     WHERE event.kind <> 'assign'
                    WINDOW clock AS (PARTITION BY event.clock_id ORDER BY event.id)) AS entry
              JOIN crm_deadline_event AS cause ON cause.id = entry.cause_id
             WHERE entry.kind NOT IN ('stop', 'cancel')
            """
        )
