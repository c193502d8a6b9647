"""Texts of articles: HTML without its tags, and digests that prove a version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from html import unescape

# What no reader sees.
UNSEEN = re.compile(
    r"<!--.*?-->|<(script|style|head|template)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
# Tags that end a line of reading; others, as <b>, may stand within a word.
BLOCK = re.compile(
    r"</?(?:address|article|aside|blockquote|br|caption|dd|details|div|dl|dt|fieldset|figcaption"
    r"|figure|footer|form|h[1-6]|header|hr|img|li|main|nav|ol|p|pre|section|summary|table|tbody"
    r"|td|tfoot|th|thead|tr|ul)\b[^>]*>",
    re.IGNORECASE,
)
TAG = re.compile(r"</?[a-zA-Z!][^>]*>")
SPACES = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")


def strip_html(html: str | None) -> str:
    """Return the text a reader sees, blocks on lines of their own."""
    text = UNSEEN.sub(" ", html or "")
    text = TAG.sub("", BLOCK.sub("\n", text))
    text = unescape(text).replace("\u200b", "").replace("\ufeff", "").replace("\x00", "")
    return LINES.sub("\n", SPACES.sub(" ", text)).strip()


def strip_all(texts: Iterable[str | None]) -> list[str]:
    """Return the texts of many pieces of HTML, in their order."""
    return [strip_html(html) for html in texts]


def make_digest(parts: dict[str, str | None]) -> str:
    """Return the fingerprint of named texts: the same for the same words, whatever their order."""
    plain = {name: text or "" for name, text in parts.items()}
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
