"""Figures that are not always known: a group of rows is drawn from those that have them."""

from __future__ import annotations

from collections.abc import Mapping

from odoo.models import BaseModel, parse_read_group_spec
from odoo.tools import SQL, Query


def only_known(
    records: BaseModel, known_by: Mapping[str, str], spec: str, query: Query, aggregate: SQL
) -> SQL:
    """Return an aggregate over the rows in which its figure is known.

    A number that is not known is stored as 0: a mean over it would be a wrong one.

    :param known_by: which boolean says that a figure is known, by name of the figure
    """
    known = known_by.get(parse_read_group_spec(spec)[0])
    if not known:
        return aggregate
    return SQL(
        "%s FILTER (WHERE %s)", aggregate, records._field_to_sql(records._table, known, query)
    )
