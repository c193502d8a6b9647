from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.task import IN_HANDS
from .crm_complaint_task_follow import WORK

BATCH = 1000


class CrmComplaintTask(models.Model):
    """A task whose day has passed is late while it is open, not only when it is done.

    Where a term counts, its clock says so (``_deadline_missed``), pauses and all. A day that was
    set by hand has no clock: it is looked at here.
    """

    _inherit = "crm.complaint.task"

    _late_index = models.Index(
        "(date_deadline, id) WHERE state IN ('offered', 'accepted', 'started', 'returned')"
        " AND is_late IS NOT TRUE AND date_deadline IS NOT NULL"
    )

    def write(self, vals):
        result = super().write(vals)
        if "date_deadline" in vals:
            # another day was agreed on before anybody took the task on
            self.filtered("is_late")._write_fact({"is_late": False})
        return result

    @api.model
    def _cron_mark_late(self):
        """Mark what is late by the day set by hand, in batches, each by one statement."""
        commit = self.env["ir.cron"]._commit_progress
        condition = self._get_late_condition()
        count = SQL("SELECT COUNT(*) FROM crm_complaint_task AS task WHERE %s", condition)
        commit(remaining=self.env.execute_query(count)[0][0])
        while marked := self._mark_late(condition):
            if not commit(marked):
                return

    @api.model
    def _get_late_condition(self):
        self.flush_model(["state", "is_late", "date_deadline"])
        self.env["crm.deadline.clock"].flush_model(["res_model", "res_id", "kind", "date_end"])
        return SQL(
            """
            task.state IN %s AND task.is_late IS NOT TRUE AND task.date_deadline < %s
            AND NOT EXISTS (SELECT FROM crm_deadline_clock AS clock
                             WHERE clock.res_model = %s AND clock.res_id = task.id
                               AND clock.kind = %s AND clock.date_end IS NULL)
            """,
            tuple(sorted(IN_HANDS)),
            fields.Datetime.now(),
            self._name,
            WORK,
        )

    @api.model
    def _mark_late(self, condition):
        """Mark a batch of tasks that nobody else is writing; return how many."""
        rows = self.env.execute_query(
            SQL(
                """
                UPDATE crm_complaint_task
                   SET is_late = TRUE, write_uid = %s, write_date = %s
                 WHERE id IN (SELECT task.id FROM crm_complaint_task AS task WHERE %s
                            ORDER BY task.date_deadline, task.id LIMIT %s
                             FOR UPDATE OF task SKIP LOCKED)
             RETURNING id
                """,
                self.env.uid,
                fields.Datetime.now(),
                condition,
                BATCH,
            )
        )
        self.browse(task_id for (task_id,) in rows).invalidate_recordset(["is_late"], flush=False)
        return len(rows)
