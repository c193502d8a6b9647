"""What somebody types into a search field, read: words, codes, phrases, words not wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from .codes import codes
from .layout import switched
from .ranking import has_digit
from .stop_words import STOP_WORDS
from .words import fold, line_of_words, words

MAX_LENGTH = 1000  # characters that are read: a question, not a book
MAX_GROUPS = 24  # words that are looked for
PHRASE = re.compile(r'(?<!\S)(-?)(?:"([^"]*)"|«([^»]*)»|“([^”]*)”|„([^“”]*)[“”])')
UNWANTED = re.compile(r"(?<!\S)-(?=[^\W\d_])(\S+)")
PART = 0.4  # what a part of a code says against the whole code

Lexemes = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Group:
    """One word or code that is looked for, and the lexemes that an article may have for it."""

    text: str
    lexemes: Mapping[str, float]  # with what each is worth
    switched: str = ""  # the same keys of the keyboard in the other layout
    is_code: bool = False
    corrected: str = ""  # what was looked for in its place


@dataclass(frozen=True)
class Query:
    """A query as it was read."""

    text: str
    groups: tuple[Group, ...] = ()
    phrases: tuple[str, ...] = ()  # lines of words that must stand so
    unwanted: tuple[frozenset[str], ...] = ()  # lexemes of words that must not
    unwanted_phrases: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.groups and not self.phrases


def read(text: object, lexemes: Lexemes) -> Query:
    """Return a query as it was read; whatever is typed means something, or nothing.

    :param lexemes: gives the lexemes of a word
    """
    text = text[:MAX_LENGTH] if isinstance(text, str) else ""
    phrases: dict[str, list[str]] = {"": [], "-": []}

    def keep(match: re.Match[str]) -> str:
        phrase = next(filter(None, match.groups()[1:]), "")
        if phrase.strip():
            phrases[match.group(1)].append(line_of_words(phrase))
        return f" {phrase} " if not match.group(1) else " "

    rest = PHRASE.sub(keep, text)
    unwanted = [
        frozenset(lexeme for word in words(match.group(1)) for lexeme in lexemes(word.text))
        for match in UNWANTED.finditer(rest)
    ]
    rest = UNWANTED.sub(" ", rest)
    groups = {group.text: group for group in (*_codes(rest), *_words(rest, lexemes))}
    return Query(
        " ".join(text.split()),
        tuple(groups.values())[:MAX_GROUPS],
        tuple(line for line in phrases[""] if line.strip()),
        tuple(filter(None, unwanted)),
        tuple(line for line in phrases["-"] if line.strip()),
    )


def _codes(text: str) -> Iterable[Group]:
    """Yield the codes of a query; the longest reading of a place comes first and takes it."""
    taken: list[tuple[int, int]] = []
    for code in sorted(codes(text), key=lambda code: (code.start - code.end, not code.is_phone)):
        if any(code.start < end and start < code.end for start, end in taken):
            continue
        taken.append((code.start, code.end))
        written = fold(text[code.start : code.end])
        worth = {part: PART for part in code.parts if len(part) > 2} | {code.whole: 1.0}
        yield Group(written, worth, is_code=True)


def _words(text: str, lexemes: Lexemes) -> Iterable[Group]:
    """Yield the words of a query that say something, with what else their keys may mean."""
    spans = [(code.start, code.end) for code in codes(text) if not code.is_spaced]
    for chunk in re.finditer(r"\S+", text):
        other = switched(chunk.group())
        inside = [
            word
            for word in words(chunk.group())
            if not has_digit(word.text)
            and not any(
                start < chunk.start() + word.end and chunk.start() + word.start < end
                for start, end in spans
            )
        ]
        for word in inside:
            if word.text not in STOP_WORDS:
                yield _group(word.text, lexemes, other if len(inside) == 1 else "")
        if other and (len(inside) > 1 or not inside):
            # signs between letters: the keys of one word in the other layout
            yield Group(fold(chunk.group()), {}, other)


def _group(word: str, lexemes: Lexemes, other: str = "") -> Group:
    """Return a word with its lexemes."""
    return Group(word, dict.fromkeys(lexemes(word), 1.0), other)


def instead(group: Group, text: str, lexemes: Lexemes) -> Group:
    """Return a group that looks for another word than the one typed."""
    found = {lexeme: 1.0 for word in words(text) for lexeme in lexemes(word.text)}
    return replace(group, lexemes=found, corrected=text, switched="")
