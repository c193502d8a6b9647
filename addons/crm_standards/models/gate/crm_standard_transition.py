from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import origin
from ..register.crm_standard import LEAD_TYPES

_logger = logging.getLogger(__name__)

BATCH = 1000

OUTCOMES = [("pending", "Open"), ("won", "Won"), ("lost", "Lost")]


class Transition(NamedTuple):
    """A line of the log, but for its date and author. Ids are database ids, ``None`` for none.

    ``empty_fields`` are the names of the lead's fields that were empty at the move.
    """

    lead_id: int
    lead_name: str
    stage_from_id: int | None
    stage_to_id: int | None
    outcome_from: str | None
    outcome_to: str
    user_id: int | None
    team_id: int | None
    company_id: int | None
    finding_count: int
    lead_type: str | None = None
    empty_fields: Sequence[str] | None = None


class CrmStandardTransition(models.Model):
    """The log of stages: every change of stage or outcome of every lead, for ever.

    Nobody writes into it but the gate, and nobody changes it: the application refuses, also to the
    superuser. Core's own tracking will not do, since a caller can switch it off.
    """

    _name = "crm.standard.transition"
    _description = "Stage Transition"
    _order = "id desc"
    _log_access = False  # the log keeps its own date and author
    _rec_name = "lead_name"

    lead_id = fields.Many2one("crm.lead", ondelete="set null", readonly=True)
    lead_name = fields.Char(string="Opportunity", readonly=True)
    date = fields.Datetime(required=True, readonly=True, index=True)
    stage_from_id = fields.Many2one(
        "crm.stage", string="From", ondelete="set null", readonly=True, index="btree_not_null"
    )
    stage_from_name = fields.Char(string="From (name then)", readonly=True)
    stage_to_id = fields.Many2one(
        "crm.stage", string="To", ondelete="set null", readonly=True, index="btree_not_null"
    )
    stage_to_name = fields.Char(string="To (name then)", readonly=True)
    outcome_from = fields.Selection(OUTCOMES, string="Outcome before", readonly=True)
    outcome_to = fields.Selection(OUTCOMES, string="Outcome", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Responsible then", readonly=True, index="btree_not_null"
    )
    actor_id = fields.Many2one("res.users", string="Done by", readonly=True)
    team_id = fields.Many2one("crm.team", ondelete="set null", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    origin = fields.Selection(origin.ORIGINS, string="Came by", required=True, readonly=True)
    finding_count = fields.Integer(
        string="Rules not kept",
        readonly=True,
        help="How many rules in force the move did not keep, advice included.",
    )

    lead_type = fields.Selection(LEAD_TYPES, string="Type then", readonly=True)
    empty_fields = fields.Json(
        readonly=True,
        help="Which fields of the lead were empty at the move, so that a rule can be tried on"
        " history. Not known of lines that are older than this field.",
    )

    _lead_idx = models.Index("(lead_id, id DESC)")

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse()

    def write(self, vals):
        self._refuse()

    def unlink(self):
        self._refuse()

    def copy(self, default=None):
        self._refuse()

    @api.model
    def _refuse(self):
        raise UserError(
            self.env._(
                "The log of stages cannot be changed: what happened to a lead must stay provable."
            )
        )

    @api.model
    def _log(self, transitions: Sequence[Transition], came_by: str, date: datetime) -> None:
        """Append lines to the log in one statement, however many there are.

        :param came_by: a constant of :mod:`odoo.addons.crm_standards.origin`
        :param date: naive UTC
        """
        columns = Transition(*map(list, zip(*transitions, strict=True)))
        columns = columns._replace(
            empty_fields=[
                None if names is None else json.dumps(names) for names in columns.empty_fields
            ]
        )
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_transition (
                    lead_id, lead_name, date, stage_from_id, stage_from_name, stage_to_id,
                    stage_to_name, outcome_from, outcome_to, user_id, actor_id, team_id,
                    company_id, origin, finding_count, lead_type, empty_fields)
                SELECT move.lead_id, move.lead_name, %(date)s, old.id, %(old_name)s, new.id,
                       %(new_name)s, move.outcome_from, move.outcome_to, move.user_id, %(actor)s,
                       move.team_id, move.company_id, %(origin)s, move.finding_count,
                       move.lead_type, move.empty_fields
                  FROM unnest(%(lead_id)s::int[], %(lead_name)s::varchar[],
                              %(stage_from_id)s::int[], %(stage_to_id)s::int[],
                              %(outcome_from)s::varchar[], %(outcome_to)s::varchar[],
                              %(user_id)s::int[], %(team_id)s::int[], %(company_id)s::int[],
                              %(finding_count)s::int[], %(lead_type)s::varchar[],
                              %(empty_fields)s::jsonb[])
                       WITH ORDINALITY
                       AS move(lead_id, lead_name, stage_from_id, stage_to_id, outcome_from,
                               outcome_to, user_id, team_id, company_id, finding_count,
                               lead_type, empty_fields, position)
             LEFT JOIN crm_stage AS old ON old.id = move.stage_from_id
             LEFT JOIN crm_stage AS new ON new.id = move.stage_to_id
              ORDER BY move.position
             RETURNING id
                """,
                date=date,
                old_name=self._name_of(SQL.identifier("old", "name")),
                new_name=self._name_of(SQL.identifier("new", "name")),
                actor=self.env.uid,
                origin=came_by,
                **columns._asdict(),
            )
        )

    @api.model
    def _log_baseline(self) -> None:
        """Write the first line of every lead that has none: where it stands, and since when.

        Runs at installation; also tells the leads where the log has seen them last.
        """
        self.env["crm.lead"].flush_model()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_standard_transition (
                    lead_id, lead_name, date, stage_to_id, stage_to_name, outcome_to, user_id,
                    team_id, company_id, origin, finding_count)
                SELECT lead.id, lead.name,
                       COALESCE(lead.date_last_stage_update, lead.create_date, %(now)s),
                       stage.id, %(name)s, lead.won_status, lead.user_id, lead.team_id,
                       lead.company_id, %(origin)s, 0
                  FROM crm_lead AS lead
             LEFT JOIN crm_stage AS stage ON stage.id = lead.stage_id
                 WHERE NOT EXISTS (SELECT 1 FROM crm_standard_transition AS known
                                    WHERE known.lead_id = lead.id)
              ORDER BY lead.id
             RETURNING id
                """,
                now=self.env.cr.now(),
                name=self._name_of(SQL.identifier("stage", "name")),
                origin=origin.BASELINE,
            )
        )
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_lead
                   SET logged_stage_id = stage_id, logged_outcome = won_status
                 WHERE logged_outcome IS NULL
             RETURNING id
                """
            )
        )
        self.env["crm.lead"].invalidate_model(["logged_stage_id", "logged_outcome"])

    @api.model
    def _find_drift(
        self, after: int = 0, limit: int | None = None
    ) -> list[tuple[int, int | None, str | None]]:
        """Return the leads that do not stand where their last line in the log says.

        Such a lead was changed in the database behind the application's back. Each is a tuple of
        its id and the stage and outcome of that last line.

        :param after: look at ids above this one only
        """
        self.env["crm.lead"].flush_model(["stage_id", "won_status"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT lead.id, last.stage_to_id, last.outcome_to
                  FROM crm_lead AS lead
     LEFT JOIN LATERAL (SELECT stage_to_id, outcome_to
                          FROM crm_standard_transition
                         WHERE lead_id = lead.id
                      ORDER BY id DESC
                         LIMIT 1) AS last ON TRUE
                 WHERE lead.id > %s
                   AND (lead.stage_id, lead.won_status)
                       IS DISTINCT FROM (last.stage_to_id, last.outcome_to)
              ORDER BY lead.id
                 LIMIT %s
                """,
                after,
                limit,
            )
        )
        return list(rows)

    @api.model
    def _cron_audit(self) -> None:
        """Log what was changed behind the application's back, and judge it.

        Finds raw SQL and whatever else reached the table without the ORM, and fields that must
        stay filled but were emptied through another record. Runs in batches; one lead that fails
        stops no other, and a second run finds nothing.
        """
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=2)
        last_id = 0
        while drifted := self._find_drift(after=last_id, limit=BATCH):
            last_id = drifted[-1][0]
            self._settle_each(drifted)
            if not commit():
                return
        commit(1)
        self.env["crm.standard.override"]._expire()
        self.env["crm.standard.kept.fields"]._audit(commit)
        commit(1)

    @api.model
    def _settle_each(self, drifted) -> None:
        """Settle a batch of drifted leads, one by one where the batch fails."""
        gate = self.env["crm.standard.gate"]
        try:
            with self.env.cr.savepoint():
                gate._settle_drift(drifted)
        except Exception as error:  # whatever one lead raises must not hide the others
            if len(drifted) == 1:
                _logger.exception("lead %s cannot be audited", drifted[0][0], exc_info=error)
                return
            for position in drifted:
                self._settle_each([position])

    @api.model
    def _name_of(self, column: SQL) -> SQL:
        """Return the SQL of a translated name in the user's language."""
        return SQL("COALESCE(%s ->> %s, %s ->> 'en_US')", column, self.env.lang or "en_US", column)
