from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

from ..gate.gate_facts import Facts
from .crm_standard_violation_answer import ANSWER

BATCH = 1000


class CrmStandardViolation(models.Model):
    """What was missing is filled in later: the violation is cured, and the register says when.

    Seen by a job, so that writing a lead costs nothing. It looks only at leads that were written
    since it looked last. A cure is no verdict: the violation has happened, counts when it is
    repeated, and a controller may still decide otherwise.
    """

    _inherit = "crm.standard.violation"

    date_cured = fields.Datetime(
        string="Put right on",
        readonly=True,
        help="When the job saw that nothing was missing any more.",
    )
    cured_user_id = fields.Many2one(
        "res.users",
        string="Put right by",
        readonly=True,
        help="Who had changed the opportunity last when the job saw that nothing was missing.",
    )
    date_looked = fields.Datetime(readonly=True, help="Up to which moment the job has looked.")

    _uncured_idx = models.Index("(id) WHERE state = 'open' AND missing_names != ''")

    @api.model
    def _cure_all(self, commit) -> None:
        """Cure the open violations whose cause is gone, batch by batch.

        :param commit: ``ir.cron._commit_progress``
        """
        last_id = 0
        while violations := self._claim_uncured(last_id):
            last_id = violations[-1].id
            violations._look_for_cure()
            if not commit():
                return

    @api.model
    def _claim_uncured(self, after: int):
        """Lock a batch of open violations whose lead was written since the last look."""
        self.flush_model()
        self.env["crm.lead"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT violation.id
                  FROM crm_standard_violation AS violation
                  JOIN crm_lead AS lead ON lead.id = violation.lead_id
                 WHERE violation.id > %s AND violation.state = 'open'
                   AND violation.missing_names != ''
                   AND lead.write_date > COALESCE(violation.date_looked, violation.date_last)
              ORDER BY violation.id
                 LIMIT %s
                   FOR UPDATE OF violation SKIP LOCKED
                """,
                after,
                BATCH,
            )
        )
        return self.browse(violation_id for (violation_id,) in rows)

    def _look_for_cure(self) -> None:
        """Cure those of the violations that lack nothing any more."""
        self._note_look()
        facts = Facts(self.env, self.lead_id.ids)  # asks the database once for all of them
        cured = self.filtered(lambda violation: violation._is_put_right(facts))
        now = self.env.cr.now()
        with self.env["crm.standard.history"]._watching(cured, ["state"]):
            for person, violations in cured.grouped(lambda v: v.lead_id.write_uid).items():
                violations._write_fact(
                    {"state": "cured", "date_cured": now, "cured_user_id": person.id}
                )
        cured._deadline_open([ANSWER])._cancel(self.env._("Put right before an answer came."))
        cured._end_reminders()

    def _note_look(self) -> None:
        """Note on each violation up to which change of its lead it was looked at."""
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_standard_violation AS violation
                   SET date_looked = lead.write_date
                  FROM crm_lead AS lead
                 WHERE lead.id = violation.lead_id AND violation.id = ANY(%s)
             RETURNING violation.id
                """,
                self.ids,
            )
        )
        self.invalidate_recordset(["date_looked"])

    def _is_put_right(self, facts: Facts) -> bool:
        """Tell whether all that was missing on the lead is filled in now."""
        self.ensure_one()
        return all(map(facts.filled(self.lead_id), self.missing_names.split(",")))

    @api.model
    def _cron_follow(self) -> None:
        """Ask for answers to new violations, and see which old ones were put right.

        Both go by batches and mark what they have done, so that a run that was interrupted is
        taken up by the next.
        """
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=2)
        self._cure_all(commit)
        commit(1)
        self._start_answer_clocks(commit)
        commit(1)
