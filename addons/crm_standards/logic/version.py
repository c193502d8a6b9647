"""What a version of a standard says, how two of them differ, how a draft becomes the law.

A *content* is the meaning of a standard at one moment as plain values: no words, so that it is the
same in every language. Two contents with the same digest say the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any, Literal

#: Values as JSON knows them; nothing, an empty text and an empty list mean the same.
Values = Mapping[str, Any]
EMPTY: tuple[object, ...] = (None, False, "", [], {})


@dataclass(frozen=True)
class Part:
    """A rule or another line of a standard; ``key`` stays the same from version to version."""

    model: str
    key: int
    values: Values


@dataclass(frozen=True)
class Content:
    """A standard at one moment; ``files`` are names and checksums of what is attached.

    ``named`` is what its parts name and what decides what they mean: a checklist with its steps, a
    deadline with its term.
    """

    values: Values
    files: tuple[tuple[str, str], ...] = ()
    parts: tuple[Part, ...] = ()
    named: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Change:
    """One difference. ``part`` is (model, key), None for the standard itself or a file.

    ``name`` is the field that differs, or the file's name; empty for a part as a whole, and for
    what parts name.
    """

    kind: Literal["added", "removed", "changed", "attached", "detached"]
    part: tuple[str, int] | None = None
    name: str = ""


def says_nothing(value: object) -> bool:
    """Tell whether a value is empty; zero is a number and says something."""
    return any(value is empty or (value == empty and value != 0) for empty in EMPTY)


def to_json(content: Content) -> dict[str, Any]:
    """Return a content as plain JSON, in an order of its own: the same for equal contents."""
    data = {
        "values": _meaning(content.values),
        "files": sorted([name, checksum] for name, checksum in content.files),
        "parts": _parts_to_json(content.parts),
    }
    return {**data, "named": _parts_to_json(content.named)} if content.named else data


def from_json(data: Mapping[str, Any]) -> Content:
    """Return the content that :func:`to_json` has made."""
    return Content(
        values=data["values"],
        files=tuple((name, checksum) for name, checksum in data["files"]),
        parts=_parts_from_json(data["parts"]),
        named=_parts_from_json(data.get("named", ())),
    )


def digest(content: Content) -> str:
    """Return the mark by which a content is recognized: equal contents, equal marks."""
    text = json.dumps(to_json(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def compare(before: Content, after: Content) -> list[Change]:
    """Return what must be done to ``before`` to get ``after``; nothing when they say the same."""
    changes = [Change("changed", None, name) for name in differing(before.values, after.values)]
    changes += _compare_parts(before.parts, after.parts)
    named = (change.part for change in _compare_parts(before.named, after.named))
    old, new = ({_part_id(part) for part in content.named} for content in (before, after))
    changes += [
        Change("removed" if key not in new else "changed" if key in old else "added", key)
        for key in dict.fromkeys(named)
    ]
    changes += [
        Change("detached", None, name)
        for name, mark in before.files
        if (name, mark) not in after.files
    ]
    changes += [
        Change("attached", None, name)
        for name, mark in after.files
        if (name, mark) not in before.files
    ]
    return changes


def _compare_parts(before: Iterable[Part], after: Iterable[Part]) -> list[Change]:
    old = {_part_id(part): part for part in before}
    new = {_part_id(part): part for part in after}
    changes = [Change("removed", key) for key in old if key not in new]
    for key, part in new.items():
        if key not in old:
            changes.append(Change("added", key))
        else:
            names = differing(old[key].values, part.values)
            changes += [Change("changed", key, name) for name in names]
    return changes


def differing(before: Values, after: Values) -> list[str]:
    """Return the names whose values differ, in the order in which they stand."""
    old, new = _meaning(before), _meaning(after)
    names = dict.fromkeys([*before, *after])
    return [name for name in names if old.get(name) != new.get(name)]


@dataclass(frozen=True)
class DraftPart:
    """A part of a draft; ``source`` is the id of the part in force it was copied from, if any."""

    id: int
    source: int | None
    values: Values


@dataclass(frozen=True)
class Merge:
    """How the parts in force become those of the draft.

    ``updates`` maps ids of parts in force to (id in the draft, names of fields to take over);
    ``adopted`` are ids of new parts of the draft; ``archived`` ids of parts in force to drop.
    """

    updates: Mapping[int, tuple[int, tuple[str, ...]]]
    adopted: tuple[int, ...]
    archived: tuple[int, ...]


def plan_merge(live: Mapping[int, Values], draft: Sequence[DraftPart]) -> Merge:
    """Plan how parts in force become those of a draft, so that they keep their identity.

    Of several drafts of one part the first counts as that part, the others as new.

    :param live: values of the parts in force, by id
    """
    updates: dict[int, tuple[int, tuple[str, ...]]] = {}
    adopted = []
    for part in draft:
        if part.source in live and part.source not in updates:
            names = differing(live[part.source], part.values)
            updates[part.source] = part.id, tuple(names)
        else:
            adopted.append(part.id)
    archived = tuple(key for key in live if key not in updates)
    return Merge(updates, tuple(adopted), archived)


@dataclass(frozen=True)
class Piece:
    """A stretch of text that two versions share, or that one of them has alone."""

    kind: Literal["same", "removed", "added"]
    text: str


def compare_words(before: str, after: str) -> list[Piece]:
    """Return two texts as one, word by word: what stayed, what went, what came."""
    old, new = _words(before), _words(after)
    pieces = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        pieces += [Piece("removed", "".join(old[i:j]))] if i < j else []
        pieces += [Piece("added", "".join(new[k:m]))] if k < m else []
    return pieces


def missing_readers(audience: Iterable[int], asked: Iterable[int]) -> list[int]:
    """Return who belongs to the audience and was not asked yet, each once, in order."""
    known = set(asked)
    return [user for user in dict.fromkeys(audience) if user not in known]


def percent(part: int, whole: int) -> int:
    """Return how many percent ``part`` is; 100 only when nothing is missing, 0 of nothing."""
    return part * 100 // whole if whole > 0 else 0


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)


def _meaning(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not says_nothing(value)}


def _parts_to_json(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [
        {"model": part.model, "key": part.key, "values": _meaning(part.values)}
        for part in sorted(parts, key=_part_id)
    ]


def _parts_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(part["model"], part["key"], part["values"]) for part in data)


def _part_id(part: Part) -> tuple[str, int]:
    return part.model, part.key
