"""By which way something happens to a complaint: a person at the screen, a mail, the portal?

It is kept in a context variable of the server process and not in Odoo's context, because whoever
calls over RPC chooses Odoo's context freely, and the log of moves is evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import SUPERUSER_ID
from odoo.api import Environment

PERSON = "person"
MAIL = "mail"
PORTAL = "portal"
AUTOMATION = "automation"
SYSTEM = "system"

WAYS = [
    (PERSON, "A person"),
    (MAIL, "Incoming e-mail"),
    (PORTAL, "The portal or a website"),
    (AUTOMATION, "The process"),
    (SYSTEM, "The system"),
]

_way: ContextVar[str | None] = ContextVar("crm_complaints_way", default=None)


@contextmanager
def by_way(way: str) -> Iterator[None]:
    """Run the block as work that came by ``way``, one of the constants. The innermost counts."""
    token = _way.set(way)
    try:
        yield
    finally:
        _way.reset(token)


def way_of(env: Environment) -> str:
    """Return by which way the present work came."""
    if way := _way.get():
        return way
    if env.uid == SUPERUSER_ID:
        return SYSTEM
    return PERSON if env.user._is_internal() else PORTAL
