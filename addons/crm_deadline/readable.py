"""Searching for what belongs to records that the user may read."""

from __future__ import annotations

from odoo.fields import Domain
from odoo.models import BaseModel
from odoo.tools import SQL


def readable(records: BaseModel, name: str) -> Domain:
    """Return the domain of rows whose column ``name`` has the id of a record that may be read.

    ``records`` says of which model, and who reads; archived ones count as well. Unlike ``in`` with
    a subquery, which PostgreSQL goes through again for each row when it stands in an "or" and is
    too large for its memory, this is a look at the primary key for each row.
    """

    def to_sql(model, alias, query):
        rows = records._search([], active_test=False)
        return SQL(
            "EXISTS (SELECT 1 FROM (%s) AS readable WHERE readable.id = %s)",
            rows.select(),
            model._field_to_sql(alias, name, query),
        )

    return Domain.custom(to_sql=to_sql)
