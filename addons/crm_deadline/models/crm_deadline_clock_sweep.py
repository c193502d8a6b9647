import logging
from datetime import datetime

from odoo import api, fields, models
from odoo.tools import SQL

from ..logic import clock as logic

_logger = logging.getLogger(__name__)

BATCH = 1000
FIRST = (datetime.min, 0)


class CrmDeadlineClock(models.Model):
    """The sweep: notes what was missed and tells the processes, each clock once.

    Both steps claim rows with ``FOR UPDATE SKIP LOCKED`` and commit by batches, so that two
    sweeps at once share the work and a crash loses one batch at most. They go by date, so that a
    clock whose process fails is left for the next sweep and keeps nobody waiting.
    """

    _inherit = "crm.deadline.clock"

    @api.model
    def _cron_sweep(self):
        """Note what was missed, tell the processes, then climb the ladders and tell people."""
        commit = self.env["ir.cron"]._commit_progress
        work = self._find_work()
        commit(remaining=self.search_count(self._late_domain()) if work["late"] else 0)
        last = FIRST
        while work["late"] and (clocks := self._claim_late(last)):
            last = clocks[-1].date_due, clocks[-1].id
            clocks._reconcile()._mark_missed()
            if not commit(len(clocks)):
                return
        last = FIRST
        while (work["late"] or work["unfollowed"]) and (clocks := self._claim_unfollowed(last)):
            last = clocks[-1].date_missed, clocks[-1].id
            clocks._follow_up()
            if not commit():
                return
        if any(work.values()):
            self._sweep_ladder(commit)

    @api.model
    def _sweep_ladder(self, commit):
        """Note the steps that are due, then do what they say, person by person."""
        last = FIRST
        while clocks := self._claim_ladder(last):
            last = clocks[-1].date_next_step, clocks[-1].id
            clocks._climb()
            if not commit():
                return
        notices = self.env["crm.deadline.notice"]
        for claim in (notices._claim_impersonal, notices._claim_people):
            while claimed := claim():
                claimed._deliver()
                if not commit():
                    return

    @api.model
    def _find_work(self):
        """Return which parts of the sweep have anything to do, by one look at each partial index.

        An idle sweep asks this one question, however many clocks are running.
        """
        self.flush_model(["state", "date_due", "is_followed_up", "date_next_step"])
        self.env["crm.deadline.notice"].flush_model(["date_try"])
        query = SQL(
            """
            SELECT EXISTS (SELECT FROM crm_deadline_clock
                            WHERE state = 'running' AND date_due < %(now)s) AS late,
                   EXISTS (SELECT FROM crm_deadline_clock
                            WHERE state = 'missed' AND is_followed_up IS NOT TRUE) AS unfollowed,
                   EXISTS (SELECT FROM crm_deadline_clock
                            WHERE date_next_step <= %(now)s) AS steps,
                   EXISTS (SELECT FROM crm_deadline_notice
                            WHERE date_try <= %(now)s) AS notices
            """,
            now=fields.Datetime.now(),
        )
        return self.env.execute_query_dict(query)[0]

    @api.model
    def _late_domain(self):
        return [("state", "=", logic.RUNNING), ("date_due", "<", fields.Datetime.now())]

    @api.model
    def _claim_late(self, last):
        """Lock and return a batch of running clocks past due, after the (date, id) ``last``."""
        return self._claim(
            SQL(
                "state = 'running' AND date_due < %s AND (date_due, id) > (%s, %s)",
                fields.Datetime.now(),
                *last,
            ),
            SQL("date_due, id"),
        )

    @api.model
    def _claim_unfollowed(self, last):
        """Lock and return a batch of missed clocks whose process was not told, after ``last``."""
        return self._claim(
            SQL(
                "state = 'missed' AND is_followed_up IS NOT TRUE AND (date_missed, id) > (%s, %s)",
                *last,
            ),
            SQL("date_missed, id"),
        )

    @api.model
    def _claim(self, condition, order):
        """Lock a batch of rows nobody else has locked and return them."""
        self.flush_model(["state", "date_due", "date_missed", "is_followed_up", "date_next_step"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE %s ORDER BY %s LIMIT %s FOR UPDATE SKIP LOCKED",
                SQL.identifier(self._table),
                condition,
                order,
                BATCH,
            )
        )
        return self.browse(clock_id for (clock_id,) in rows)

    def _reconcile(self):
        """Let the processes bring late clocks up to date; return those that are late all the same.

        A process that cannot say keeps its clock running, with the error on it: nobody is said
        to be late by mistake.
        """
        certain = self - self._tell("_deadline_reconcile")
        certain.filtered("followup_error")._sealed_write({"followup_error": False})
        now = fields.Datetime.now()
        return certain.filtered(lambda clock: clock.state == logic.RUNNING and clock.date_due < now)

    def _mark_missed(self):
        """Note the miss, dated at the due time, whenever it is noticed.

        One statement for all clocks, and one for the steps of the ladder. It writes what
        ``logic.apply`` says of a miss, and the ledger replays to it: a miss is the only entry that
        needs neither calendar nor reason.
        """
        self.flush_recordset()
        looks = self._look_ahead()
        heard = [model for model in set(self.mapped("res_model")) if self._is_told(model)]
        values = {"ids": self.ids, "uid": self.env.uid, "now": fields.Datetime.now()}
        self.env.execute_query(
            SQL(
                """
                WITH missed AS (
                    UPDATE crm_deadline_clock AS clock
                       SET state = 'missed', date_missed = date_due, date_last = date_due,
                           missed_user_id = user_id,
                           is_followed_up = res_model <> ALL(%(heard)s),
                           date_next_step = new.next_step,
                           write_uid = %(uid)s, write_date = %(now)s
                      FROM unnest(%(ids)s::int[], %(next_steps)s::timestamp[])
                           AS new(id, next_step)
                     WHERE clock.id = new.id AND state = 'running' AND date_due < %(now)s
                 RETURNING clock.id, date_due, policy_id, version_id, calendar_id)
                INSERT INTO crm_deadline_event
                       (clock_id, kind, date, date_due, policy_id, version_id, calendar_id,
                        user_id, create_uid, create_date, write_uid, write_date)
                SELECT id, 'miss', date_due, date_due, policy_id, version_id, calendar_id,
                       %(uid)s, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM missed ORDER BY date_due, id
             RETURNING id
                """,
                heard=heard,
                next_steps=[
                    looks[clock].next if clock in looks else clock.date_next_step or None
                    for clock in self
                ],
                **values,
            )
        )
        changed = ["state", "date_missed", "date_last", "is_followed_up", "date_next_step"]
        changed.append("missed_user_id")
        self.invalidate_recordset([*changed, "event_ids"], flush=False)
        self._note_ahead(looks)

    @api.model
    def _is_told(self, model, hook_name="_deadline_missed"):
        """Return whether a model makes anything of a hook, by default that of a miss."""
        if model not in self.env:
            return True  # its code may be back tomorrow
        hook = getattr(self.env.registry[model], hook_name, None)
        nothing = getattr(self.env.registry["crm.deadline.mixin"], hook_name)
        return hook is not None and hook is not nothing

    def _follow_up(self):
        """Tell the processes of missed clocks, and mark that they were told."""
        told = self - self._tell("_deadline_missed")
        told._sealed_write({"is_followed_up": True, "followup_error": False})

    def _tell(self, hook):
        """Call a hook on the records, by model and company; one by one where it fails.

        Return the clocks for which it failed; the error is kept on each.
        """
        failed = self.browse()
        for (model, _company), clocks in self.grouped(
            lambda clock: (clock.res_model, clock.company_id)
        ).items():
            if model in self.env and hasattr(self.env[model], hook) and clocks._call(hook):
                for clock in clocks:
                    if error := clock._call(hook):
                        clock._keep_error(error)
                        failed += clock
        return failed

    def _call(self, hook):
        """Call a hook on the records of clocks of one model; return what it raised, or None."""
        records = self.env[self[0].res_model].browse(self.mapped("res_id")).exists()
        records = records.with_company(self.company_id)
        try:
            with self.env.cr.savepoint():
                if records:
                    getattr(records, hook)(self)
        except Exception as error:  # another add-on's code; whatever it raises is kept and shown
            return error
        return None

    def _keep_error(self, error, field="followup_error"):
        """Keep what was raised on the clock, and log it unless it is the same again."""
        self.ensure_one()
        text = f"{type(error).__name__}: {error}"
        if text != self[field]:
            _logger.error(
                "deadline %s of %s,%s: its process or ladder failed",
                self.kind,
                self.res_model,
                self.res_id,
                exc_info=error,
            )
            self._sealed_write({field: text})

    # Records that are gone

    @api.autovacuum
    def _gc_orphans(self):
        """Delete the clocks of records that no longer exist.

        The mixin does so at once; this catches records deleted by the database (a cascade) and
        models without the mixin. Clocks of a model that is not loaded are left alone: its code
        may only be missing for a while, and when it is uninstalled the foreign key deletes them.
        """
        done = 0
        for model in self._get_document_models():
            if model not in self.env or not self.env[model]._auto:
                continue
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT clock.id FROM %s clock
                     WHERE clock.res_model = %s
                       AND NOT EXISTS (SELECT FROM %s record WHERE record.id = clock.res_id)
                     LIMIT %s
                    """,
                    SQL.identifier(self._table),
                    model,
                    SQL.identifier(self.env[model]._table),
                    BATCH,
                )
            )
            clocks = self.browse(clock_id for (clock_id,) in rows)
            clocks._sealed_unlink()
            done += len(clocks)
        return done, done >= BATCH
