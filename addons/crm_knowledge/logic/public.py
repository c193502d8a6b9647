"""What visitors get of the search, and how often they may say what they think."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

MOST_WORDS = 300  # signs of a question; more is no question
#: What makes a word or a phrase a condition: visitors must not ask what is not in the text.
_CONDITIONS = re.compile(r"""["'«»“”„]|(?<!\w)[-−–](?=\w)""")  # noqa: RUF001; as people type them
#: Reasons that a visitor can see on the page himself.
SEEN = frozenset({"title", "summary", "text", "promoted"})


def plain_question(text: object) -> str:
    """Return the words of a question without phrases and unwanted words."""
    if not isinstance(text, str):
        return ""
    return _CONDITIONS.sub(" ", text.replace("\x00", " "))[:MOST_WORDS].strip()


def keep_seen(hits: Sequence[Mapping], summaries: Mapping[int, str]) -> list[dict]:
    """Return the hits that stand on what the page shows, each with a snippet of it.

    Files of an article are not on its page, so nothing may show that a word is in them.
    """
    kept = []
    for hit in hits:
        reasons = SEEN.intersection(hit["reasons"])
        if not reasons:
            continue
        is_shown = reasons & {"text", "summary"}
        snippet = hit["snippet"] if is_shown else escape(summaries.get(hit["id"], ""))
        kept.append({"id": hit["id"], "title": hit["title"], "snippet": snippet})
    return kept


@dataclass(frozen=True)
class Flood:
    """How much came of late: from this visitor, from all."""

    of_visitor: int
    of_all: int


def is_flood(flood: Flood, *, per_visitor: int = 20, per_hour: int = 500) -> bool:
    """Whether what comes now is one too many."""
    return flood.of_visitor >= per_visitor or flood.of_all >= per_hour
