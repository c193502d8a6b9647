"""Places in an answer that are filled with what the open record says: ``{{ customer }}``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

OPEN = "…"
VARIABLE = re.compile(r"\{\{\s*([a-z_]{1,40})\s*\}\}")


@dataclass(frozen=True)
class Filled:
    """A text with its places filled, and the names of those nobody knows a value for."""

    text: str
    missing: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str], escape: Callable[[str], str] = str) -> Filled:
    """Return a text with its places filled, once: a value is never read as a place itself.

    :param values: what each place is filled with; empty or not there: the place stays as it is,
        so that whoever sends the answer sees it
    :param escape: makes a value safe where it is put
    """
    missing: dict[str, None] = {}

    def put(match: re.Match[str]) -> str:
        value = values.get(match.group(1))
        if value:
            return escape(value)
        missing[match.group(1)] = None
        return match.group()

    return Filled(VARIABLE.sub(put, text), tuple(missing))


def fill_all(text: str, values: Mapping[str, str], escape: Callable[[str], str] = str) -> str:
    """Return a text without places, for who reads it without a record: the rest is left open."""
    return VARIABLE.sub(OPEN, fill(text, values, escape).text)
