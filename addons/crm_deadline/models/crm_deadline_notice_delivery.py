from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_deadline_notice import DONE, DROPPED, FAILED, PENDING

#: How many people's notices, and how many that tell nobody, are done in one transaction.
PEOPLE = 50
IMPERSONAL = 100
DIGEST_PARAMETER = "crm_deadline.digest_from"
DIGEST_FROM = 5
RETRY = timedelta(minutes=5)
LONGEST_RETRY = timedelta(days=1)


class CrmDeadlineNotice(models.Model):
    """Doing what the notices say, once each, whatever runs twice, breaks or was down for days.

    A notice and what it does are in one transaction: after a crash both are there or neither.
    Many notices for one person at once become a digest. One that fails keeps the error and is
    tried again, after longer and longer times.
    """

    _inherit = "crm.deadline.notice"

    @api.model
    def _note(self, rows):
        """Insert notices of (clock id, step id, person id or None, moment); known ones stay.

        The person who is away is replaced by who stands in for him.
        """
        if not rows:
            return
        people = self.env["res.users"].browse({person for _c, _s, person, _d in rows if person})
        told = self._get_told(rows, people)
        absent = [
            person if person != who else None
            for (_c, _s, person, _d), who in zip(rows, told, strict=True)
        ]
        now = fields.Datetime.now()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_deadline_notice
                       (clock_id, step_id, user_id, absent_user_id, date_step, state, date_try,
                        attempt_count, create_uid, create_date, write_uid, write_date)
                SELECT new.*, %(state)s, %(now)s, 0, %(uid)s, %(now)s, %(uid)s, %(now)s
                  FROM unnest(%(clocks)s::int[], %(steps)s::int[], %(told)s::int[],
                              %(absent)s::int[], %(dates)s::timestamp[]) AS new
           ON CONFLICT DO NOTHING
             RETURNING id
                """,
                state=PENDING,
                now=now,
                uid=self.env.uid,
                clocks=[row[0] for row in rows],
                steps=[row[1] for row in rows],
                told=told,
                absent=absent,
                dates=[row[3] for row in rows],
            )
        )
        self.env["crm.deadline.clock"].invalidate_model(["notice_ids"])

    @api.model
    def _get_told(self, rows, people):
        """Return who is told of each row: the person, or who stands in and may know of it."""
        stand_ins = people._deadline_stand_ins()
        others = people.browse(set(stand_ins.values())) - people
        clocks = self.env["crm.deadline.clock"].browse({clock for clock, _s, _p, _d in rows})
        shut_out = clocks._get_shut_out(others) if others else {}
        told = [(clock, person, stand_ins.get(person)) for clock, _s, person, _d in rows]
        return [person if who in shut_out.get(clock, ()) else who for clock, person, who in told]

    @api.model
    def _claim_people(self):
        """Lock and return the notices to be tried now of some people, all of each together."""
        return self._claim(
            SQL(
                """user_id IN (SELECT DISTINCT user_id FROM crm_deadline_notice
                                WHERE date_try <= %s AND user_id IS NOT NULL LIMIT %s)""",
                fields.Datetime.now(),
                PEOPLE,
            ),
            SQL(),
        )

    @api.model
    def _claim_impersonal(self):
        """Lock and return some notices to be tried now that tell nobody.

        They are server actions, and steps for which nobody was found.
        """
        return self._claim(SQL("user_id IS NULL"), SQL("LIMIT %s", IMPERSONAL))

    @api.model
    def _claim(self, condition, limit):
        """Lock and return notices to be tried now that no other sweep has locked.

        Whatever becomes of them, it is not to be tried again now: claiming comes to an end.
        """
        self.flush_model(["date_try", "user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id FROM crm_deadline_notice WHERE date_try <= %s AND %s
              ORDER BY date_try, id %s FOR UPDATE SKIP LOCKED
                """,
                fields.Datetime.now(),
                condition,
                limit,
            )
        )
        return self.browse(notice_id for (notice_id,) in rows)

    def _deliver(self):
        """Do what claimed notices say; what is not needed any more is dropped."""
        kinds = self._sort_out()
        kinds.get("ended", self.browse())._sealed_write({"state": DROPPED, "date_try": False})
        kinds.get("paused", self.browse())._sealed_write(
            {"date_try": fields.Datetime.now() + LONGEST_RETRY}
        )
        kinds.get("nobody", self.browse())._find_somebody()
        digest_from = self._get_digest_from()
        told = kinds.get("person", self.browse()).grouped("user_id").values()
        digests = [notices for notices in told if len(notices) >= digest_from]
        # in one go; one by one where that fails, so that one person's fault stops no other's
        if digests and self.concat(*digests)._try(
            lambda: self._send_digests(digests), is_digest=True
        ):
            for notices in digests:
                notices._try(lambda group=notices: self._send_digests([group]), is_digest=True)
        single = [notice for notices in told if len(notices) < digest_from for notice in notices]
        for notice in self.browse().concat(*single, kinds.get("system", self.browse())):
            notice._try(notice._take)

    def _sort_out(self):
        """Return the notices by what is to be done with them, read in one statement."""
        self.flush_recordset()
        self.env["crm.deadline.clock"].flush_model(["state", "date_end"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN clock.date_end IS NOT NULL THEN 'ended'
                            WHEN clock.state = 'paused' THEN 'paused'
                            WHEN step.deed = 'server' THEN 'system'
                            WHEN notice.user_id IS NULL THEN 'nobody'
                            ELSE 'person' END,
                       array_agg(notice.id ORDER BY notice.date_step, notice.id)
                  FROM crm_deadline_notice AS notice
                  JOIN crm_deadline_clock AS clock ON clock.id = notice.clock_id
                  JOIN crm_deadline_step AS step ON step.id = notice.step_id
                 WHERE notice.id = ANY(%s)
              GROUP BY 1
                """,
                self.ids,
            )
        )
        return {kind: self.browse(ids) for kind, ids in rows}

    @api.model
    def _get_digest_from(self):
        """Return from how many notices at once a person gets a digest instead."""
        # sudo: a setting of the system
        text = self.env["ir.config_parameter"].sudo().get_param(DIGEST_PARAMETER, "")
        return int(text) if text.isdecimal() and int(text) else DIGEST_FROM

    def _try(self, deed, *, is_digest=False):
        """Do something for the notices and mark them as done, or keep and return what it raised."""
        try:
            with self.env.cr.savepoint():
                deed()
                self._mark_done(is_digest=is_digest)
        except Exception as error:  # templates and actions are written by users; it is kept
            self._keep_error(f"{type(error).__name__}: {error}")
            return error
        return None

    def _mark_done(self, *, is_digest):
        """Note that the notices are done, many in one statement."""
        self.flush_recordset()
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_deadline_notice
                   SET state = %(done)s, date_done = %(now)s, date_try = NULL, error = NULL,
                       is_digest = %(is_digest)s, write_uid = %(uid)s, write_date = %(now)s
                 WHERE id = ANY(%(ids)s)
             RETURNING id
                """,
                done=DONE,
                now=fields.Datetime.now(),
                is_digest=is_digest,
                uid=self.env.uid,
                ids=self.ids,
            )
        )
        self.invalidate_recordset(flush=False)

    def _keep_error(self, text):
        """Keep why the notices failed, and when they are tried again."""
        now = fields.Datetime.now()
        for count, notices in self.grouped("attempt_count").items():
            wait = min(RETRY * 2 ** min(count, 10), LONGEST_RETRY)
            notices._sealed_write(
                {
                    "state": FAILED,
                    "error": text,
                    "attempt_count": count + 1,
                    "date_try": now + wait,
                }
            )

    def _find_somebody(self):
        """Ask again whom to tell where nobody was found when the step was due."""
        for notice in self:
            clock, step = notice.clock_id, notice.step_id
            try:
                people = clock._find_people({clock.id: step})[clock.id, step.id]
            except Exception as error:  # a hook of another add-on; it stops no other notice
                notice._keep_error(f"{type(error).__name__}: {error}")
                continue
            if people:
                self._note([(clock.id, step.id, person, notice.date_step) for person in people])
                notice._sealed_unlink()
            else:
                notice._keep_error(
                    self.env._(
                        "Nobody to tell: %(whom)s is not set for %(document)s. Choose somebody, "
                        "and the step is taken.",
                        whom=dict(step._fields["whom"]._description_selection(self.env))[step.whom],
                        document=clock.res_name or clock.res_model,
                    )
                )
