"""Fields with dots between, and the columns a statement gives them."""

from __future__ import annotations

from odoo.models import BaseModel
from odoo.tools import SQL
from odoo.tools.query import Query


def path_to_sql(model: BaseModel, query: Query, path: str) -> tuple[SQL, BaseModel, str]:
    """Return what stands at the end of fields with dots between, its model and its table."""
    alias = query.table
    *links, last = path.split(".")
    for name in links:
        model, alias = model._fields[name].join(model, alias, query)
    return model._field_to_sql(alias, last, query), model, alias


def end_of_path(model: BaseModel, path: str) -> BaseModel:
    """Return the model that has the last field of a path."""
    for name in path.split(".")[:-1]:
        model = model.env[model._fields[name].comodel_name]
    return model


def is_day(model: BaseModel, path: str) -> bool:
    """Return whether a path ends at a date, and not at a moment."""
    return end_of_path(model, path)._fields[path.split(".")[-1]].type == "date"


def column(name: str, number: int) -> SQL:
    """Return the name of a column of the statement, by the place of its measure or axis."""
    return SQL.identifier(f"{name}{number}")
