from __future__ import annotations

import json

from odoo import api, models
from odoo.tools import SQL, split_every

from ...logic.duplicates import LEGAL_FORMS, compare
from .crm_standard_duplicate_search import TAX_SIGNS

#: A key that more records share (a switchboard, info@) links them in a star, not each with each.
CROWD = 20

#: Pairs compared between two commits.
BATCH = 2000

#: How far an interrupted run has come.
CURSOR = "crm_standards.duplicate_cursor"

#: Models that are compared, with the pair's subject and the columns of its two records.
SUBJECTS = {
    "crm.lead": ("lead", "lead_id", "other_lead_id"),
    "res.partner": ("contact", "partner_id", "other_partner_id"),
}


class CrmStandardDuplicate(models.Model):
    """The job that draws the list of likely duplicates, without comparing all with all."""

    _inherit = "crm.standard.duplicate"

    @api.model
    def _cron_draw(self):
        """Draw the list anew: add likely pairs, mend scores, forget what is likely no more.

        Records are compared only where they share a key: e-mail, phone, tax number, or the words
        of the name. Each key is one set-based statement; the number of pairs grows with the number
        of records, because crowds are linked in a star. Goes on where it was interrupted.
        """
        jobs = self.env["ir.cron"]
        found = {model: self._find_pairs(model) for model in sorted(SUBJECTS)}
        start = self._get_cursor()
        work = [
            (model, batch)
            for model, pairs in found.items()
            for batch in split_every(BATCH, sorted(p for p in pairs if [model, *p] > start))
        ]
        time_left = jobs._commit_progress(remaining=len(work) + 1)
        for model, batch in work:
            if not time_left:
                return
            self._judge(model, batch)
            self._set_cursor([model, *batch[-1]])
            time_left = jobs._commit_progress(1)
        for model, pairs in found.items():
            self._forget_others(model, pairs)
        self._set_cursor([])
        jobs._commit_progress(1)

    @api.model
    def _get_cursor(self) -> list:
        """Return the model and pair with which an interrupted run ended, or nothing."""
        # the job's own note
        return json.loads(self.env["ir.config_parameter"].sudo().get_param(CURSOR) or "[]")

    @api.model
    def _set_cursor(self, position: list) -> None:
        """Note how far the job has come."""
        # see above; no value deletes the note
        self.env["ir.config_parameter"].sudo().set_param(
            CURSOR, json.dumps(position) if position else False
        )

    @api.model
    def _find_pairs(self, model: str) -> set[tuple[int, int]]:
        """Return the pairs of records that share a key, the lower id first."""
        pairs: set[tuple[int, int]] = set()
        for key in self._get_keys(model):
            pairs.update(self.env.execute_query(self._pairs_sql(model, key)))
        return pairs

    @api.model
    def _get_keys(self, model: str) -> list[SQL]:
        """Hook: return the expressions of which equal values make two records worth comparing."""
        keys = [
            SQL("record.email_normalized"),
            SQL("record.phone_sanitized"),
        ]
        if model == "res.partner":
            tax = SQL("upper(regexp_replace(record.vat, %s, '', 'g'))", TAX_SIGNS)
            return [*keys, SQL("NULLIF(%s, '')", tax), self._words_sql(SQL("record.name"))]
        name = SQL("COALESCE(NULLIF(record.partner_name, ''), record.contact_name)")
        return [*keys, self._words_sql(name)]

    @api.model
    def _words_sql(self, name: SQL) -> SQL:
        """Return the sorted words of a name without legal forms, much as the score sees them."""
        return SQL(
            "(SELECT string_agg(word, ' ' ORDER BY word)"
            " FROM regexp_split_to_table(lower(translate(%s, 'ёЁ', 'еЕ')), '[^[:alnum:]]+') AS word"
            " WHERE word <> '' AND word <> ALL(%s))",
            name,
            sorted(LEGAL_FORMS),
        )

    @api.model
    def _pairs_sql(self, model: str, key: SQL) -> SQL:
        """Return the query of the pairs of records with an equal key.

        Small groups give all their pairs; in a crowd each is paired with its first only.
        """
        records = self.env[model].sudo()  # the list is of the whole base; who sees it, is checked
        records.flush_model()
        query = records._search(records._get_candidate_domain())
        return SQL(
            """
            WITH keyed AS MATERIALIZED (
                SELECT id, key, count(*) OVER same AS size, min(id) OVER same AS first
                  FROM (SELECT record.id, %(key)s AS key FROM %(table)s AS record
                         WHERE record.id IN %(mine)s) AS keys
                 WHERE key <> ''
                WINDOW same AS (PARTITION BY key)
            )
            SELECT one.id, other.id
              FROM keyed AS one JOIN keyed AS other USING (key)
             WHERE one.size BETWEEN 2 AND %(crowd)s AND one.id < other.id
             UNION
            SELECT first, id FROM keyed WHERE size > %(crowd)s AND id <> first
            """,
            key=key,
            table=SQL.identifier(records._table),
            mine=query.subselect(),
            crowd=CROWD,
        )

    @api.model
    def _judge(self, model: str, pairs) -> None:
        """Keep the likely ones of some pairs; write only what differs."""
        records = self.env[model].sudo().browse({id_ for pair in pairs for id_ in pair})  # as above
        identities = {record.id: record._get_identity() for record in records}
        likely, unlikely = [], []
        for one, other in pairs:
            match = compare(identities[one], identities[other])
            if match.is_likely:
                likely.append((one, other, round(100 * match.score), ",".join(match.reasons)))
            else:
                unlikely.append((one, other))
        self._keep(model, likely)
        self._forget_pairs(model, unlikely)
        records.invalidate_recordset(flush=False)

    @api.model
    def _keep(self, model: str, likely) -> None:
        """Write likely pairs; one that was decided about stays decided."""
        if not likely:
            return
        subject, one, other = SUBJECTS[model]
        self.env.execute_query(
            SQL(
                """
                INSERT INTO %(table)s AS pair
                       (subject, state, %(one)s, %(other)s, score, reasons)
                SELECT %(subject)s, 'open', a, b, score, reasons
                  FROM (VALUES %(rows)s) AS found(a, b, score, reasons)
                    ON CONFLICT (%(one)s, %(other)s) WHERE %(one)s IS NOT NULL
                    DO UPDATE SET score = excluded.score, reasons = excluded.reasons
                 WHERE (pair.score, pair.reasons)
                       IS DISTINCT FROM (excluded.score, excluded.reasons)
                RETURNING id
                """,
                table=SQL.identifier(self._table),
                one=SQL.identifier(one),
                other=SQL.identifier(other),
                subject=subject,
                rows=SQL(", ").join(likely),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _forget_pairs(self, model: str, pairs) -> None:
        """Drop pairs that are likely no more, unless somebody has decided about them."""
        if not pairs:
            return
        _subject, one, other = SUBJECTS[model]
        self.env.execute_query(
            SQL(
                "DELETE FROM %s WHERE state = 'open' AND (%s, %s) IN %s RETURNING id",
                SQL.identifier(self._table),
                SQL.identifier(one),
                SQL.identifier(other),
                tuple(pairs),
            )
        )
        self.invalidate_model(flush=False)

    @api.model
    def _forget_others(self, model: str, pairs) -> None:
        """Drop open pairs that share no key any more."""
        subject, one, other = SUBJECTS[model]
        self.env.execute_query(
            SQL(
                """
                DELETE FROM %(table)s AS pair
                 WHERE subject = %(subject)s AND state = 'open'
                   AND NOT EXISTS (SELECT FROM unnest(%(ones)s::int[], %(others)s::int[])
                                           AS found(a, b)
                                    WHERE a = pair.%(one)s AND b = pair.%(other)s)
                RETURNING id
                """,
                table=SQL.identifier(self._table),
                subject=subject,
                ones=[pair[0] for pair in pairs],
                others=[pair[1] for pair in pairs],
                one=SQL.identifier(one),
                other=SQL.identifier(other),
            )
        )
        self.invalidate_model(flush=False)
