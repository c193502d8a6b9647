"""What an open record asks the knowledge base: its words, in the order of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_LENGTH = 900  # characters: within what search reads of a query
# What means something in a query that was typed, and nothing in the words of a customer.
SIGNS = re.compile(r'["«»“”„]')
MINUS = re.compile(r"(?<!\S)-+(?=\S)")
# Lines of a mail that are not what somebody says.
QUOTED = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
GREETING = re.compile(
    r"^\s*(?:hello|hi|dear|good (?:morning|day|afternoon|evening)|добрый (?:день|вечер)"
    r"|доброе утро|здравствуйте|уважаем\w+|привет)\b[^\n,.!?]{0,40}[,.!?\n]*",
    re.IGNORECASE,
)


def make_question(texts: Iterable[str | None]) -> str:
    """Return the query of a record.

    :param texts: what the record says, most telling first; what comes twice is asked once
    """
    seen: dict[str, None] = {}
    for text in texts:
        plain = GREETING.sub("", QUOTED.sub(" ", text or ""))
        plain = MINUS.sub(" ", SIGNS.sub(" ", plain))
        plain = " ".join(plain.split())
        if plain:
            seen[plain] = None
    question = " ".join(seen)
    if len(question) <= MAX_LENGTH:
        return question
    return question[:MAX_LENGTH].rsplit(" ", 1)[0]
