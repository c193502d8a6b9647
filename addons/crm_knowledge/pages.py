"""Reading pages of OCA's `document.page`, as Odoo exports them to CSV or XLSX.

Plain functions on bytes. The export has one line for each page, and below it one for each further
text the page has had. Columns are known by their technical names or by their English labels.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from openpyxl import load_workbook

from .documents import MAX_BYTES, DocumentError, check_archive, decode

KINDS = (".csv", ".xlsx")
MAX_PAGES = 10_000
# What Odoo writes instead of a text that no cell of XLSX holds.
CUT_OFF = "The content of this cell is too long for an XLSX file"
COLUMNS = {
    "id": ("id", "external id"),
    "number": (".id",),
    "title": ("name", "title"),
    "kind": ("type",),
    "parent_id": ("parent_id/id", "category/external id", "parent/external id"),
    "parent": ("parent_id", "parent_id/name", "category", "parent"),
    "body": ("content",),
    "text": ("history_ids/content", "history/content"),
    "date": ("history_ids/create_date", "history/created on"),
    "author": ("history_ids/create_uid/name", "history_ids/create_uid", "history/created by"),
}


@dataclass(frozen=True)
class Text:
    """What a page said since a moment, and who had written it."""

    body: str
    date: str = ""
    author: str = ""


@dataclass(frozen=True)
class Page:
    """A page: title, HTML, the titles of the pages above it, and earlier texts, newest first."""

    title: str
    body: str
    above: tuple[str, ...] = ()
    history: tuple[Text, ...] = ()
    is_category: bool = False


def is_table(name: str) -> bool:
    """Whether a file is one that may hold exported pages."""
    return PurePosixPath(name).suffix.lower() in KINDS


def read_pages(name: str, content: bytes) -> list[Page]:
    """Return the pages of an export.

    :raise DocumentError: ``damaged``, ``too_large``, ``no_pages``, ``cut_off``
    """
    if len(content) > MAX_BYTES:
        raise DocumentError("too_large")
    is_csv = PurePosixPath(name).suffix.lower() == ".csv"
    rows = _read_csv(content) if is_csv else _read_xlsx(content)
    groups = _group(_name_columns(rows))
    if not groups:
        raise DocumentError("no_pages")
    if len(groups) > MAX_PAGES:
        raise DocumentError("too_large")
    known: dict[str, dict[str, str]] = {}
    # of two of one name the category is the one that others stand in
    for first in sorted((lines[0] for lines in groups), key=_is_category, reverse=True):
        for key in _get_keys(first):
            known.setdefault(key, first)
    return [_make_page(lines, known) for lines in groups]


def _read_csv(content: bytes) -> Iterable[list[str]]:
    text = decode(content).replace("\x00", "")
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DocumentError("damaged") from error


def _read_xlsx(content: bytes) -> Iterable[list[str]]:
    try:
        check_archive(content)
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
        rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    except DocumentError:
        raise
    except Exception as error:  # whatever a damaged file makes a parser raise
        raise DocumentError("damaged") from error
    if any(cell.startswith(CUT_OFF) for row in rows for cell in row):
        raise DocumentError("cut_off")
    return rows


def _name_columns(rows: Iterable[list[str]]) -> list[dict[str, str]]:
    """Return the lines by our names of the columns that are known."""
    rows = iter(rows)
    head = [cell.strip().lower() for cell in next(rows, [])]
    places = {
        name: head.index(label)
        for name, labels in COLUMNS.items()
        for label in labels[::-1]
        if label in head
    }
    if not {"title"} <= places.keys() or not {"body", "text"} & places.keys():
        raise DocumentError("no_pages")
    return [
        {name: row[place].strip() for name, place in places.items() if place < len(row)}
        for row in rows
    ]


def _group(lines: Iterable[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Return the lines of each page: one with a title, and those without one that follow."""
    groups: list[list[dict[str, str]]] = []
    for line in lines:
        if line.get("title"):
            groups.append([line])
        elif groups:
            groups[-1].append(line)
    return groups


def _get_keys(line: Mapping[str, str]) -> list[str]:
    """Return by what other pages may name this one above them."""
    return [line[name] for name in ("id", "number", "title") if line.get(name)]


def _make_page(lines: list[dict[str, str]], known: Mapping[str, dict[str, str]]) -> Page:
    first = lines[0]
    texts = [
        Text(line["text"], line.get("date", ""), line.get("author", ""))
        for line in lines
        if line.get("text")
    ]
    # written year first, dates sort as texts; what is no date counts as old
    texts.sort(key=lambda text: text.date if text.date[:4].isdigit() else "", reverse=True)
    body = first.get("body") or (texts[0].body if texts else "")
    above = _get_above(first, known)
    return Page(first["title"], body, above, tuple(texts), _is_category(first))


def _is_category(line: Mapping[str, str]) -> bool:
    return line.get("kind", "").lower() == "category"


def _get_above(line: Mapping[str, str], known: Mapping[str, dict[str, str]]) -> tuple[str, ...]:
    """Return the titles of the pages above one, the uppermost first; a circle ends where it began.

    A page that is not in the file is known by its name alone.
    """
    above: list[str] = []
    passed = [line]
    while True:
        key = line.get("parent_id") or line.get("parent") or ""
        parent = known.get(key)
        if parent is None:
            name = line.get("parent", "")
            return (*filter(None, [name]), *above)
        if any(parent is one for one in passed):
            return tuple(above)
        passed.append(parent)
        above.insert(0, parent["title"])
        line = parent
