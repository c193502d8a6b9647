"""Personal data in a text: found by their form and by the names one knows, and taken out.

What is found by form are addresses of mail, links, cards, accounts, telephones and long numbers.
Names are found in their cases only if they are known: nothing here guesses that a word is a name.
A person looks through what is left before it is published; this makes that short, not needless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

EMAIL, LINK, ACCOUNT, PHONE, NUMBER, NAME = "email", "link", "account", "phone", "number", "name"
MIN_NAME = 3  # letters: what is shorter is a word of its own too often
ENDING = 4  # letters that a case may put behind a name
VOWELS = "аеёиоуыэюяьй"

PATTERNS = (
    (EMAIL, re.compile(r"(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")),
    (LINK, re.compile(r"\b(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)),
    (ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")),
    (ACCOUNT, re.compile(r"(?<!\d)\d(?:[ -]?\d){14,19}(?!\d)")),
    (NUMBER, re.compile(r"(?<![\w+])(?:\d{6,10}|\d{12,})(?!\w)")),
    (PHONE, re.compile(r"(?<![\w/])\+?\d(?:[ ()./-]{0,2}\d){8,13}(?!\w)")),
    (NUMBER, re.compile(r"(?<!\w)\d{2} ?\d{2} ?№? ?\d{6}(?!\w)")),
)


@dataclass(frozen=True)
class Finding:
    """Something personal that was taken out, and what it was taken for."""

    kind: str
    text: str


@dataclass(frozen=True)
class Redacted:
    """A text without what is personal, and what was taken out of it."""

    text: str
    findings: tuple[Finding, ...] = ()


def redact(text: str, names: Iterable[str], labels: Mapping[str, str]) -> Redacted:
    """Return a text in which everything personal is replaced by what it is.

    :param names: people and companies that must not be recognized, as they are called, and numbers
        of their documents
    :param labels: what stands in the place of each kind
    """
    findings: dict[Finding, None] = {}

    def replacing(kind: str) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            findings[Finding(kind, match.group())] = None
            return labels.get(kind, "…")

        return replace

    for kind, pattern in PATTERNS:
        text = pattern.sub(replacing(kind), text)
    for pattern in _name_patterns(names):
        text = pattern.sub(replacing(NAME), text)
    return Redacted(text, tuple(findings))


def _name_patterns(names: Iterable[str]) -> list[re.Pattern[str]]:
    """Return what finds names: whole ones first, then their parts, in any case of Russian."""
    whole = sorted({" ".join(name.split()) for name in names if name}, key=len, reverse=True)
    parts = {part for name in whole for part in re.findall(r"[^\W\d_]+", name)}
    stems = sorted(
        {_stem(part) for part in parts if len(part) >= MIN_NAME and part[0].isupper()},
        key=len,
        reverse=True,
    )
    patterns = [
        re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for name in whole
        if " " in name or (len(name) >= MIN_NAME and re.search(r"\d", name))
    ]
    for stem in stems:
        ending = rf"[а-яё]{{0,{ENDING}}}" if re.search("[а-яё]", stem, re.IGNORECASE) else ""
        patterns.append(re.compile(rf"(?<!\w){re.escape(stem)}{ending}(?!\w)"))
    return patterns


def _stem(part: str) -> str:
    """Return what of a name stays in all its cases."""
    is_cyrillic = re.fullmatch("[А-ЯЁа-яё]+", part)
    return part[:-1] if is_cyrillic and len(part) > MIN_NAME and part[-1] in VOWELS else part
