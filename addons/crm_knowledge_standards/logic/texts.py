"""In which languages a standard is said, and which of them is the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The key under which the database keeps a text that is in no other language.
SOURCE = "en_US"


@dataclass(frozen=True)
class Text:
    """What a standard says in one language."""

    lang: str
    name: str
    body: str


def pick(texts: Mapping[str, str] | str | None, lang: str) -> str:
    """Return the text in a language, or else as it was written first."""
    if not texts:
        return ""
    if isinstance(texts, str):
        return texts
    return texts.get(lang) or texts.get(SOURCE) or next(iter(texts.values())) or ""


def by_language(
    names: Mapping[str, str] | str | None,
    bodies: Mapping[str, str] | str | None,
    langs: Iterable[str],
) -> tuple[Text, ...]:
    """Return the texts that differ, the original first.

    A text that was not translated stands under several languages: it is said once, in the first
    of ``langs``. What says nothing is left out.
    """
    said: dict[str, Text] = {}
    for lang in dict.fromkeys(langs):
        body = pick(bodies, lang)
        if body:
            said.setdefault(body, Text(lang, pick(names, lang), body))
    return tuple(said.values())
