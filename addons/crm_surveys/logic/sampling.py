"""Who is drawn: decided by a number nobody can foresee and nobody can draw again."""

from __future__ import annotations

from hashlib import sha256

_RANGE = 2**64


def is_drawn(salt: str, record_id: int, percent: float) -> bool:
    """Say whether a record belongs to the share of all that is asked.

    The same record is always drawn or never, and who is drawn at 10 % is drawn at 20 %, too. The
    salt is the trigger's own secret: without it nobody can tell whom it will draw.
    """
    digest = sha256(f"{salt}:{record_id}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < percent / 100 * _RANGE
