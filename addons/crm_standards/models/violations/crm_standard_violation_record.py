from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from odoo import api, models
from odoo.tools import SQL

from ..common.breach import Breach

#: How long a violation counts when the next one asks how often it has happened.
REPEATED_WITHIN = timedelta(days=90)


class CrmStandardViolation(models.Model):
    """How breaches come into the register: once for each cause, and any number at once.

    A batch of moves and the nightly audits bring thousands; they take the same few statements as
    one does. The database itself sees to "once": the unique index of open violations decides
    whether a breach is a new line or one more time of an old one.
    """

    _inherit = "crm.standard.violation"

    @api.model
    def _record_breaches(self, breaches: Sequence[Breach], came_by: str):
        """Enter breaches in the register; what is open there already is counted, not doubled.

        :param came_by: a constant of :mod:`odoo.addons.crm_standards.origin`
        :return: the new violations
        """
        register = self.sudo()  # who breaks a rule must not need the right to write it down
        # the caller's context must not colour a fact
        register = register.with_env(register.env(context={"lang": self.env.lang}))
        leads = register.env["crm.lead"].browse({breach.lead_id for breach in breaches})
        leads.fetch(["name", "team_id", "company_id"])
        now, fresh = self.env.cr.now(), {}
        for breach in breaches:
            key = (breach.rule_id, breach.lead_id, breach.stage_to_id or 0, breach.effect)
            if key in fresh:
                fresh[key]["occurrence_count"] += 1
            else:
                fresh[key] = register._prepare_violation(breach, came_by, now)
        if not fresh:
            return self.browse()
        return register._insert(list(fresh.values()), now)

    @api.model
    def _insert(self, vals_list: list[dict], now: datetime):
        """Insert violations in one statement and return the new ones.

        One that is open already is told that it was tried again. None may be there twice.
        """
        self.flush_model()
        rows = self.env.execute_query(self._insert_query(vals_list, now))
        old = self.browse(record_id for record_id, is_new in rows if not is_new)
        old.invalidate_recordset(["occurrence_count", "date_last"])
        return self.browse(record_id for record_id, is_new in rows if is_new)

    @api.model
    def _insert_query(self, vals_list: list[dict], now: datetime) -> SQL:
        """Return the statement of :meth:`_insert`: rows of the id, and whether it is new."""
        names = list(dict.fromkeys(name for vals in vals_list for name in vals))
        comma = SQL(", ")
        columns = comma.join(map(SQL.identifier, names))
        arrays = comma.join(
            SQL(
                "%s::%s[]",
                [field.convert_to_column_insert(vals.get(name), self, vals) for vals in vals_list],
                SQL.identifier(field.column_type[0]),
            )
            for name in names
            for field in (self._fields[name],)
        )
        return SQL(
            """
            WITH new AS (
                SELECT * FROM unnest(%(arrays)s) WITH ORDINALITY AS new(%(columns)s, position)
            ), known AS (
                SELECT rule_id, user_id, COUNT(*) AS count
                  FROM crm_standard_violation
                 WHERE (user_id, rule_id) IN (SELECT DISTINCT user_id, rule_id FROM new)
                   AND date > %(since)s AND state != 'excused'
              GROUP BY rule_id, user_id
            ), counted AS (
                SELECT new.*, %(repeated)s AS repeated
                  FROM new
             LEFT JOIN known ON (known.rule_id, known.user_id) = (new.rule_id, new.user_id)
     LEFT JOIN LATERAL (
                    SELECT id
                      FROM crm_standard_violation AS register
                     WHERE (register.rule_id, register.lead_id, register.effect)
                           = (new.rule_id, new.lead_id, new.effect)
                       AND COALESCE(register.stage_to_id, 0) = COALESCE(new.stage_to_id, 0)
                       AND register.state = 'open'
                     LIMIT 1  -- always by the unique index, however the register has grown
                    ) AS old ON TRUE
            )
            INSERT INTO crm_standard_violation AS register (
                %(columns)s, repeated, create_uid, create_date, write_uid, write_date)
            SELECT %(columns)s, repeated, %(uid)s, %(now)s, %(uid)s, %(now)s
              FROM counted
          ORDER BY position
       ON CONFLICT (rule_id, lead_id, COALESCE(stage_to_id, 0), effect) WHERE state = 'open'
         DO UPDATE SET occurrence_count
                           = register.occurrence_count + EXCLUDED.occurrence_count,
                       date_last = EXCLUDED.date_last
         RETURNING id, xmax = 0
            """,
            arrays=arrays,
            columns=columns,
            since=now - REPEATED_WITHIN,
            repeated=self._repeated_expression(),
            uid=self.env.uid,
            now=now,
        )

    @api.model
    def _repeated_expression(self) -> SQL:
        """Return how often a new row's rule was broken before: in the register, and above it."""
        return SQL(
            """
            CASE WHEN new.user_id IS NULL THEN 0
                 ELSE COALESCE(known.count, 0) + COUNT(*) FILTER (WHERE old.id IS NULL)
                      OVER (PARTITION BY new.rule_id, new.user_id ORDER BY position
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
            END
            """
        )

    @api.model
    def _prepare_violation(self, breach: Breach, came_by: str, now: datetime) -> dict:
        """Hook: return the values of a new violation, in the language of the standard's owner.

        They go into the database as they are: stored fields, without their defaults.
        """
        rule = self.env["crm.standard.rule"].browse(breach.rule_id)
        rule = rule.with_context(lang=rule.standard_id.user_id.lang or self.env.lang)
        lead = self.env["crm.lead"].browse(breach.lead_id)
        labels = rule.env["crm.standard.gate"]._get_field_labels(breach.missing)
        return {
            "rule_id": rule.id,
            "standard_id": rule.standard_id.id,
            "name": rule.name,
            "requirement": rule.requirement,
            "strength": rule.strength,
            "effect": breach.effect,
            "missing": ", ".join(labels),
            "missing_names": ",".join(breach.missing),
            "lead_id": lead.id,
            "lead_name": lead.name,
            "stage_from_id": breach.stage_from_id,
            "stage_to_id": breach.stage_to_id,
            "user_id": breach.user_id,
            "actor_id": self.env.uid,
            "team_id": lead.team_id.id,
            "company_id": lead.company_id.id,
            "origin": came_by,
            "date": now,
            "date_last": now,
            "state": "open",
            "occurrence_count": 1,
        }
