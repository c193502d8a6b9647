from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_standards.models.common.isolation import attempt_each
from odoo.addons.crm_standards.models.violations.crm_standard_violation_answer import ANSWER

BATCH = 1000


class CrmStandardViolation(models.Model):
    """How violations end with their deadline: put right when the work was done, excused when the
    deadline was given up.

    Done by the register's job, so that ending a deadline costs nothing. What a controller has
    decided, or opened anew, is his and is left alone.
    """

    _inherit = "crm.standard.violation"

    @api.model
    def _cure_all(self, commit):
        result = super()._cure_all(commit)
        last_id = 0
        while violations := self._claim_ended(last_id):
            last_id = violations[-1].id
            what = "ending violations of complaints"
            attempt_each(self.env, what, violations, lambda batch: batch._end_with_clocks())
            if not commit():
                break
        return result

    @api.model
    def _claim_ended(self, after):
        """Lock a batch of open violations whose deadline has ended and nobody has judged."""
        self.flush_model()
        self.env["crm.deadline.clock"].flush_model(["date_end"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT violation.id
                  FROM crm_standard_violation AS violation
                  JOIN crm_deadline_clock AS clock ON clock.id = violation.complaint_clock_id
                 WHERE violation.id > %s AND violation.state = 'open'
                   AND violation.complaint_clock_id IS NOT NULL
                   AND violation.verdict_date IS NULL AND violation.date_cured IS NULL
                   AND clock.date_end IS NOT NULL
              ORDER BY violation.id
                 LIMIT %s
                   FOR UPDATE OF violation SKIP LOCKED
                """,
                after,
                BATCH,
            )
        )
        return self.browse(violation_id for (violation_id,) in rows)

    def _end_with_clocks(self):
        """End these violations as the last entry of their deadline's ledger says."""
        self.env["crm.deadline.event"].flush_model()
        with self.env["crm.standard.history"]._watching(self, ["state"]):
            self.env.execute_query(self._end_query())
            self.invalidate_recordset()
        self._deadline_open([ANSWER])._cancel(self.env._("Put right before an answer came."))
        self._end_reminders()

    def _end_query(self):
        """Return the statement that ends these violations, all at once."""
        reason = self.env._(
            "The deadline was given up: the work had not to be done any more, as when a complaint"
            " is withdrawn or merged."
        )
        return SQL(
            """
            UPDATE crm_standard_violation AS violation
               SET state = CASE WHEN last.kind = 'stop' THEN 'cured' ELSE 'excused' END,
                   date_cured = CASE WHEN last.kind = 'stop' THEN last.date END,
                   cured_user_id = CASE WHEN last.kind = 'stop' THEN last.user_id END,
                   reason = CASE WHEN last.kind = 'stop' THEN reason ELSE %(reason)s END,
                   verdict_date = CASE WHEN last.kind = 'stop' THEN NULL ELSE last.date END,
                   write_uid = %(uid)s, write_date = %(now)s
              FROM (SELECT DISTINCT ON (clock_id) clock_id, kind, date, user_id
                      FROM crm_deadline_event
                     WHERE kind IN ('stop', 'cancel')
                       AND clock_id IN (SELECT complaint_clock_id FROM crm_standard_violation
                                         WHERE id = ANY(%(ids)s))
                  ORDER BY clock_id, id DESC) AS last
             WHERE violation.id = ANY(%(ids)s) AND last.clock_id = violation.complaint_clock_id
         RETURNING violation.id
            """,
            reason=reason,
            uid=self.env.uid,
            now=self.env.cr.now(),
            ids=self.ids,
        )
