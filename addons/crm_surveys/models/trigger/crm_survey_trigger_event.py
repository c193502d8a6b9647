from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .crm_survey_trigger import REACHED, RUNNING

KNOWN, WAITING, DONE, FAILED = "known", "waiting", "done", "failed"
STATES = [
    (KNOWN, "Was there before"),
    (WAITING, "Waits for its time"),
    (DONE, "Decided"),
    (FAILED, "Failed"),
]
#: Nobody remembers a delivery of last quarter: what is older is not asked about.
PATIENCE_DAYS = 30


class CrmSurveyTriggerEvent(models.Model):
    """A document has come to a trigger's event: noticed once, and decided once.

    The row is the proof that a document is asked about by a trigger once only, however often the
    job runs, two at once included. Rows are written by statements of this model only.
    """

    _name = "crm.survey.trigger.event"
    _description = "Event of a Survey Trigger"
    _inherit = ["crm.deadline.sealed"]
    _order = "id desc"
    _rec_name = "trigger_id"
    _log_access = False

    trigger_id = fields.Many2one(
        "crm.survey.trigger", required=True, readonly=True, ondelete="cascade"
    )
    res_id = fields.Integer("Document", required=True, readonly=True)
    date_due = fields.Datetime("Decided from", readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True)
    invitation_id = fields.Many2one(
        "crm.survey.invitation", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _trigger_document_unique = models.Constraint(
        "UNIQUE(trigger_id, res_id)", "A trigger asks about a document once."
    )
    _due_idx = models.Index("(date_due, id) WHERE state = 'waiting'")

    @api.model
    def _forget(self, trigger, states=(KNOWN,)):
        """Drop what was noticed before and does not bind: what was there from the beginning."""
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_survey_trigger_event WHERE trigger_id = %s AND state = ANY(%s)"
                " RETURNING id",
                trigger.id,
                list(states),
            )
        )
        self.invalidate_model()

    @api.model
    def _enter_known(self, trigger):
        """Note the documents that are at the condition already."""
        if trigger.event == REACHED:
            self._enter(trigger, KNOWN)

    @api.model
    def _enter_new(self, trigger):
        """Note the documents that have come to the event, and return how many.

        One statement over the documents: no moment is missed, whatever changed them and however
        long the job did not run, and no model needs to know of us.
        """
        return self._enter(trigger, WAITING)

    @api.model
    def _enter(self, trigger, state):
        self.env.flush_all()
        documents = trigger._get_documents()
        query = documents._search(trigger._get_domain(), bypass_access=True)
        table = SQL.identifier(documents._table)
        now = fields.Datetime.now()
        if trigger.event == REACHED:
            due, condition = SQL("%s::timestamp", now + trigger._get_delay()), SQL("TRUE")
        else:
            due = SQL(
                "document.%s::timestamp + %s",
                SQL.identifier(trigger._get_date_field()),
                trigger._get_delay(),
            )
            oldest = max(trigger.date_started, now - timedelta(days=PATIENCE_DAYS))
            condition = SQL("%s > %s AND %s <= %s", due, oldest, due, now)
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_survey_trigger_event (trigger_id, res_id, date_due, state)
                SELECT %(trigger)s, document.id, %(due)s, %(state)s
                  FROM %(table)s AS document
                 WHERE document.id IN %(query)s AND %(condition)s
                   AND NOT EXISTS (SELECT FROM crm_survey_trigger_event known
                                    WHERE known.trigger_id = %(trigger)s
                                      AND known.res_id = document.id)
           ON CONFLICT (trigger_id, res_id) DO NOTHING
             RETURNING id
                """,
                trigger=trigger.id,
                due=due,
                state=state,
                table=table,
                query=query.subselect(),
                condition=condition,
            )
        )
        self.invalidate_model()
        return len(rows)

    @api.model
    def _get_due_domain(self):
        return [
            ("state", "=", WAITING),
            ("date_due", "<=", fields.Datetime.now()),
            ("trigger_id.state", "=", RUNNING),
            ("trigger_id.active", "=", True),
        ]

    @api.model
    def _claim(self, last, limit):
        """Lock and return a batch of due events after the (date, id) ``last``."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event.id
                  FROM crm_survey_trigger_event event
                  JOIN crm_survey_trigger cause ON cause.id = event.trigger_id
                 WHERE event.state = 'waiting' AND event.date_due <= %s
                   AND (event.date_due, event.id) > (%s, %s)
                   AND cause.state = 'running' AND cause.active
              ORDER BY event.date_due, event.id
                 LIMIT %s
                   FOR UPDATE OF event SKIP LOCKED
                """,
                fields.Datetime.now(),
                *last,
                limit,
            )
        )
        return self.browse([event_id for (event_id,) in rows])
