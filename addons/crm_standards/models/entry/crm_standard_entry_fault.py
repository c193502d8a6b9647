from __future__ import annotations

from collections.abc import Collection

from odoo import api, fields, models
from odoo.tools import SQL


class CrmStandardEntryFault(models.Model):
    """A value that has not the form its line asks: what SQL cannot see, kept for the reports.

    Only what is wrong is kept, one slim row each, and only what changes is written: on a base of
    200,000 contacts rewriting a verdict for each would cost a hundred times the report.
    """

    _name = "crm.standard.entry.fault"
    _description = "Malformed Entry"
    _log_access = False

    entry_id = fields.Many2one(
        "crm.standard.entry", required=True, ondelete="cascade", readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner", ondelete="cascade", readonly=True, index="btree_not_null"
    )
    lead_id = fields.Many2one("crm.lead", ondelete="cascade", readonly=True, index="btree_not_null")

    _of_one_record = models.Constraint("CHECK(num_nonnulls(partner_id, lead_id) = 1)")
    _partner_once = models.UniqueIndex("(entry_id, partner_id) WHERE partner_id IS NOT NULL")
    _lead_once = models.UniqueIndex("(entry_id, lead_id) WHERE lead_id IS NOT NULL")

    @api.model
    def _column(self, model: str) -> SQL:
        """Return the column that holds records of a model."""
        return SQL.identifier("partner_id" if model == "res.partner" else "lead_id")

    @api.model
    def _find(self, model: str, line_ids: Collection[int], ids: Collection[int]) -> set:
        """Return the pairs of line and record that are known to be malformed."""
        if not line_ids or not ids:
            return set()
        rows = self.env.execute_query(
            SQL(
                "SELECT entry_id, %(column)s FROM %(table)s"
                " WHERE entry_id IN %(lines)s AND %(column)s IN %(ids)s",
                column=self._column(model),
                table=SQL.identifier(self._table),
                lines=tuple(line_ids),
                ids=tuple(ids),
            )
        )
        return set(rows)

    @api.model
    def _settle(self, model: str, looked: Collection[tuple], bad: Collection[tuple]) -> None:
        """Keep what was found out about pairs of line and record; write only what differs.

        :param looked: all pairs that were looked at
        :param bad: those of them that are malformed
        """
        if not looked:
            return
        known = self._find(model, {pair[0] for pair in looked}, {pair[1] for pair in looked})
        gone = [pair for pair in looked if pair in known and pair not in bad]
        new = [pair for pair in bad if pair not in known]
        table, column = SQL.identifier(self._table), self._column(model)
        if gone:
            self.env.execute_query(
                SQL(
                    "DELETE FROM %s WHERE (entry_id, %s) IN %s RETURNING id",
                    table,
                    column,
                    tuple(gone),
                )
            )
        if new:
            self.env.execute_query(
                SQL(
                    "INSERT INTO %s (entry_id, %s) VALUES %s ON CONFLICT DO NOTHING RETURNING id",
                    table,
                    column,
                    SQL(", ").join(new),
                )
            )
        if gone or new:
            self.env[model].invalidate_model(["entry_gap_ids"], flush=False)

    @api.model
    def _forget(self, lines) -> None:
        """Drop what was found by these lines: they mean something else now."""
        if lines:
            self.env.execute_query(
                SQL(
                    "DELETE FROM %s WHERE entry_id IN %s RETURNING id",
                    SQL.identifier(self._table),
                    tuple(lines.ids),
                )
            )
            self.invalidate_model(flush=False)
