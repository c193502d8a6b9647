"""The mail that is being received in this moment, for whoever makes a complaint of it.

Core hands a mail on as a dictionary without its headers. What the gateway found out about it goes
along in a context variable of the server process, because whoever calls over RPC chooses Odoo's
context freely.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from .logic.mail import Identity


class TurnedAway(Exception):
    """The mail is in quarantine: nothing is made of it here."""


@dataclass
class Mail:
    """An incoming mail that concerns complaints."""

    raw: bytes
    message: EmailMessage
    headers: dict[str, str]
    sender: str
    recipients: list[str]
    date: datetime
    identity: Identity
    #: ids of the mailboxes it is addressed to, and of the complaint it replies to
    mailbox_ids: list[int] = field(default_factory=list)
    complaint_id: int | None = None
    #: whether it is addressed to somebody else in the company too: a sales team
    goes_elsewhere: bool = False
    #: whether it is in quarantine, and only its other addressees get it
    is_turned_away: bool = False
    #: companies that have got their complaint of it: two addresses make one complaint
    company_ids: set[int] = field(default_factory=set)
    #: ids of the complaints made of it, and of those it was added to
    made_ids: list[int] = field(default_factory=list)
    landed_ids: list[int] = field(default_factory=list)
    #: why no complaint could be made of it
    error: Exception | None = None


_current: ContextVar[Mail | None] = ContextVar("crm_complaints_mail", default=None)


@contextmanager
def receiving(mail: Mail) -> Iterator[Mail]:
    """Run the block as the receipt of ``mail``."""
    token = _current.set(mail)
    try:
        yield mail
    finally:
        _current.reset(token)


def current_mail() -> Mail | None:
    """Return the mail that is being received, if one is."""
    return _current.get()
