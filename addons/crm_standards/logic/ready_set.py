"""Ready sets of standards: what a file of them must look like, and what is wrong where it does not.

A set is a JSON file in ``data/ready_sets``. Texts stand there in two languages (``{"en": ...,
"ru": ...}``); a text that begins with ``@`` refers to a thing of the set by its key. The values of
a record are those of its fields, as the models call them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

LANGUAGES = ("en", "ru")

#: Parts of a set that are made before its standards, in this order, and of which model.
PARTS = {
    "roles": "crm.standard.role",
    "policies": "crm.deadline.policy",
    "tags": "res.partner.category",
    "document_kinds": "crm.standard.document.kind",
    "plans": "mail.activity.plan",
    "lost_reasons": "crm.lost.reason",
}

#: Things every set may refer to: who loads it, and for which team.
GIVEN = frozenset({"user", "team"})

#: Besides the name, what a record must agree in to be the thing a set means.
SAME_FIELDS = ("res_model",)


def is_text(value: object) -> bool:
    """Tell whether a value is a text in several languages."""
    return isinstance(value, Mapping) and bool(value) and set(value) <= set(LANGUAGES)


def keys(content: Mapping) -> set[str]:
    """Return the keys by which things of a set may be referred to."""
    return {
        item["key"]
        for part in ("stages", *PARTS)
        for item in content.get(part, ())
        if "key" in item
    }


def find_twins(content: Mapping) -> list[str]:
    """Return the keys that name several things of a set: nobody could tell which is meant."""
    names = [
        item["key"]
        for part in ("stages", *PARTS)
        for item in content.get(part, ())
        if "key" in item
    ]
    return sorted({name for name in names if name in GIVEN or names.count(name) > 1})


def references(value: object) -> Iterator[str]:
    """Yield the keys that a value, or whatever it is made of, refers to.

    >>> sorted(references({"stage_ids": ["@new", "@won"], "name": "A"}))
    ['new', 'won']
    """
    if isinstance(value, str):
        if value.startswith("@"):
            yield value[1:]
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from references(item)


def texts(value: object) -> Iterator[Mapping]:
    """Yield each text in several languages that a value is made of."""
    if isinstance(value, Mapping):
        if is_text(value):
            yield value
        else:
            yield from texts(list(value.values()))
    elif isinstance(value, Iterable) and not isinstance(value, str):
        for item in value:
            yield from texts(item)


def find_faults(content: Mapping) -> list[str]:
    """Return what is wrong with a set, in words for whoever writes it; nothing when it is sound."""
    faults = [
        f"“{name}” is missing"
        for name in ("key", "name", "summary", "stages", "standards")
        if not content.get(name)
    ]
    known = keys(content) | GIVEN
    faults += [f"nothing has the key “{key}”" for key in sorted(set(references(content)) - known)]
    faults += [f"several things have the key “{key}”" for key in find_twins(content)]
    for text in texts(content):
        faults += [
            f"“{next(iter(text.values()))}” has no {language}"
            for language in LANGUAGES
            if not text.get(language, "").strip()
        ]
    return faults
