from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..readable import readable


class CrmDeadlineClock(models.Model):
    """Who sees a deadline: whoever may read the record it belongs to."""

    _inherit = "crm.deadline.clock"

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        if not (self.env.su or bypass_access):
            domain = Domain(domain) & self._search_readable()
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _search_readable(self):
        """Return the domain of the clocks on records the user may read.

        It is a subquery for each model, part of the search itself: lists, counts, groups and
        sums can tell nothing about a record that is out of reach.
        """
        seen = Domain.FALSE
        for name in self._get_document_models():
            if name not in self.env or not self.env[name].has_access("read"):
                continue
            seen |= Domain("res_model", "=", name) & readable(self.env[name], "res_id")
        return seen

    @api.model
    def _get_document_models(self):
        """Return the names of the models that have clocks, by a few probes of the index."""
        self.flush_model(["res_model"])
        table = SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE models(name) AS (
                    (SELECT res_model FROM %(table)s ORDER BY res_model LIMIT 1)
                    UNION ALL
                    SELECT (SELECT res_model FROM %(table)s WHERE res_model > models.name
                            ORDER BY res_model LIMIT 1)
                      FROM models WHERE models.name IS NOT NULL
                )
                SELECT name FROM models WHERE name IS NOT NULL
                """,
                table=table,
            )
        )
        return [name for (name,) in rows]

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or operation != "read" or not any(self._ids):
            return result
        forbidden = self - self.browse(self._get_readable_ids())
        return (forbidden, forbidden._read_error) if forbidden else None

    def _get_readable_ids(self):
        """Return the ids of the clocks in ``self`` whose record the user may read.

        Read by SQL: through the ORM the cache would keep values of forbidden clocks.
        """
        self.flush_recordset(["res_model", "res_id"])
        rows = self.env.execute_query(
            SQL(
                "SELECT res_model, res_id, array_agg(id) FROM %s WHERE id IN %s GROUP BY 1, 2",
                SQL.identifier(self._table),
                tuple(self.ids),
            )
        )
        clocks_by_record = {(model, res_id): ids for model, res_id, ids in rows}
        ids_readable = []
        for model in {model for model, _res_id in clocks_by_record}:
            if model not in self.env:
                continue
            ids = [res_id for name, res_id in clocks_by_record if name == model]
            for record in self.env[model].browse(ids).exists()._filtered_access("read"):
                ids_readable += clocks_by_record[model, record.id]
        return ids_readable

    def _read_error(self):
        return AccessError(
            self.env._("You may not read these deadlines: their records are out of your reach.")
        )
