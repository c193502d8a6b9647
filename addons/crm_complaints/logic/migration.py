"""Exports of other complaint programs as rows of our import.

Each source is a table of columns: how a column is called in the export of the other program, by
its technical name or its English label, and which column of ours it fills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

CLAIM: Final = "crm_claim"
TICKET: Final = "helpdesk_mgmt"
NONCONFORMITY: Final = "mgmtsystem_nonconformity"
OWN: Final = "own"

#: The columns of our own template, which are also what every source is turned into.
COLUMNS: Final = (
    "id", "name", "description", "date_received", "partner_id", "contact_name", "email_from",
    "phone", "category_id", "product_id", "channel_id", "user_id", "team_id", "stage_id",
    "outcome", "reference", "date_answered", "date_closed",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A program whose data can be taken over.

    :ivar names: our column by the name or label of theirs, in small letters
    :ivar stages: meaning of a stage by words that its name holds
    """

    names: Mapping[str, str]
    stages: Mapping[str, str] = field(default_factory=dict)


_ENDS = {
    "cancel": "cancelled",
    "refus": "cancelled",
    "reject": "cancelled",
    "done": "closed",
    "settled": "closed",
    "closed": "closed",
    "solved": "closed",
    "wait": "waiting",
    "new": "new",
    "draft": "new",
}

SOURCES: Final[dict[str, Source]] = {
    OWN: Source({name: name for name in COLUMNS}),
    CLAIM: Source(
        {
            "id": "id", "external id": "id", "name": "name", "claim subject": "name",
            "description": "description", "date": "date_received", "claim date": "date_received",
            "partner_id": "partner_id", "partner": "partner_id",
            "email_from": "email_from", "email": "email_from",
            "partner_phone": "phone", "phone": "phone",
            "categ_id": "category_id", "category": "category_id",
            "user_id": "user_id", "responsible": "user_id",
            "team_id": "team_id", "sales team": "team_id",
            "stage_id": "stage_id", "stage": "stage_id",
            "code": "reference", "claim number": "reference",
            "date_closed": "date_closed", "closed": "date_closed",
        },
        _ENDS,
    ),
    TICKET: Source(
        {
            "id": "id", "external id": "id", "name": "name", "title": "name",
            "description": "description",
            "create_date": "date_received", "created on": "date_received",
            "partner_id": "partner_id", "contact": "partner_id",
            "partner_name": "contact_name", "partner name": "contact_name",
            "partner_email": "email_from", "partner email": "email_from",
            "category_id": "category_id", "category": "category_id",
            "channel_id": "channel_id", "channel": "channel_id",
            "user_id": "user_id", "assigned user": "user_id",
            "team_id": "team_id", "team": "team_id",
            "stage_id": "stage_id", "stage": "stage_id",
            "number": "reference", "ticket number": "reference",
            "closed_date": "date_closed", "closed date": "date_closed",
        },
        _ENDS,
    ),
    NONCONFORMITY: Source(
        {
            "id": "id", "external id": "id", "name": "name",
            "description": "description",
            "create_date": "date_received", "created on": "date_received",
            "partner_id": "partner_id", "partner": "partner_id",
            "responsible_user_id": "user_id", "responsible": "user_id",
            "stage_id": "stage_id", "stage": "stage_id",
            "ref": "reference", "reference": "reference",
            "closing_date": "date_closed", "closing date": "date_closed",
            "origin_ids": "category_id", "origin": "category_id",
        },
        _ENDS,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """Rows for our import, and which columns of the export found no place."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...]


def meaning(source: Source, stage: str) -> str:
    """Return what a stage of the other program means: ``open`` where nothing is known.

    >>> meaning(SOURCES[TICKET], "Awaiting customer")
    'waiting'
    """
    text = stage.casefold()
    if "await" in text:
        return "waiting"
    return next((kind for word, kind in source.stages.items() if word in text), "open")


def take_over(kind: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Taken:
    """Turn an export into rows under our columns.

    A row without a subject takes its reference for one; ids are kept, so that a second import
    finds the same complaints.

    :raise KeyError: no such source
    """
    source = SOURCES[kind]
    places: dict[str, int] = {}
    left_out = []
    for number, title in enumerate(header):
        column = source.names.get(title.strip().removesuffix("/id").casefold())
        if column and column not in places:
            places[column] = number
        elif title.strip():
            left_out.append(title.strip())
    taken = [column for column in COLUMNS if column in places or column == "name"]
    result = []
    for row in rows:
        values = {
            column: row[number].strip() if number < len(row) else ""
            for column, number in places.items()
        }
        if not any(values.values()):
            continue
        values["name"] = values.get("name") or values.get("reference") or "?"
        result.append(tuple(values.get(column, "") for column in taken))
    return Taken(tuple(taken), tuple(result), tuple(left_out))
