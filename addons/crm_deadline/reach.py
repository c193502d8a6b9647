"""What a condition on documents reaches for, and whether somebody may read all of it.

A job that counts or sorts with all rights tells by its outcome what conditions ask: so whoever
writes one may read, whole, each document it leads to.
"""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterator

from odoo.fields import Domain, Field
from odoo.models import BaseModel


def walk(model: BaseModel, condition: Domain) -> Iterator[tuple[BaseModel, Field]]:
    """Yield the fields a domain asks for, in the model and in all it leads to."""
    for leaf in condition.iter_conditions():
        yield from walk_path(model, leaf.field_expr)
        field = _find_last(model, leaf.field_expr)
        if field is None or not field.relational:
            continue
        linked = model.env[field.comodel_name]
        if isinstance(leaf.value, (Domain, list)) and leaf.operator in ("any", "not any"):
            yield from walk(linked, Domain(leaf.value))
        elif isinstance(leaf.value, str):
            yield linked, linked._fields["display_name"]
        elif field.type != "many2one":
            # whether there is any is a look into the other document
            yield linked, linked._fields["id"]


def walk_path(model: BaseModel, path: str) -> Iterator[tuple[BaseModel, Field]]:
    """Yield the fields of a path, and of those that only repeat others, what they repeat."""
    here: BaseModel | None = model
    for name in path.split("."):
        field = here._fields.get(name) if here is not None else None
        if field is None:
            return
        yield here, field
        if field.related and not field.store:
            yield from walk_path(here, field.related)
        here = here.env[field.comodel_name] if field.relational else None


def _find_last(model: BaseModel, path: str) -> Field | None:
    *names, last = path.split(".")
    for name in names:
        field = model._fields.get(name)
        if field is None or not field.relational:
            return None
        model = model.env[field.comodel_name]
    return model._fields.get(last)


def is_read_whole(model: BaseModel) -> bool:
    """Return whether a role of the user opens all documents of a model to him.

    Rules that hold for everybody, as those of companies, are not asked here.
    """
    # sudo: rules are read for the user himself; which they are, was asked with his rights
    rules = model.env["ir.rule"]._get_rules(model._name, "read").sudo()
    of_roles = rules.filtered("groups")
    return not of_roles or any(_is_open(rule.domain_force) for rule in of_roles)


def _is_open(rule: str) -> bool:
    try:
        return Domain(literal_eval((rule or "[]").strip())).is_true()
    except (ValueError, SyntaxError):  # it speaks of the user
        return False
