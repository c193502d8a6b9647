"""What may be written into a cell of a table that somebody will open in a spreadsheet."""

from __future__ import annotations

#: A cell that begins so may be run as a formula.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_text(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe_text("=1+1")
    "'=1+1"
    >>> safe_text("Delivery")
    'Delivery'
    """
    return f"'{text}" if text.lstrip(" \u00a0").startswith(DANGEROUS) else text
