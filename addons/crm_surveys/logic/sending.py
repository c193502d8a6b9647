"""When an invitation is sent again, reminded of and ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

#: How long after each failure the mail is tried again; after the last of them it stays failed.
WAITS: Final = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1))
#: What is wrong with the address stays wrong, however often it is tried.
LASTING: Final = frozenset(
    {
        "mail_email_invalid",
        "mail_email_missing",
        "mail_bl",
        "mail_optout",
        "sms_number_missing",
        "sms_number_format",
        "sms_blacklist",
        "sms_optout",
        "sms_country_not_supported",
    }
)


def get_retry(failure: str | None, attempts: int, now: datetime) -> datetime | None:
    """Say when to try again what failed for the ``attempts``-th time; nothing: never.

    >>> get_retry("mail_smtp", 1, datetime(2026, 3, 2, 9))
    datetime.datetime(2026, 3, 2, 10, 0)
    >>> get_retry("mail_email_invalid", 1, datetime(2026, 3, 2, 9))
    """
    if failure in LASTING or not 0 < attempts <= len(WAITS):
        return None
    return now + WAITS[attempts - 1]


def get_end(sent: datetime, days: int) -> datetime | None:
    """Say until when an answer is taken; nothing: always.

    >>> get_end(datetime(2026, 3, 2, 9), 14)
    datetime.datetime(2026, 3, 16, 9, 0)
    """
    return sent + timedelta(days=days) if days > 0 else None


def get_reminder(
    last: datetime, done: int, limit: int, days: int, end: datetime | None
) -> datetime | None:
    """Say when to remind next, ``days`` after the last mail; nothing: not any more.

    Nobody is reminded of what has ended meanwhile.

    >>> get_reminder(datetime(2026, 3, 2, 9), 0, 1, 5, None)
    datetime.datetime(2026, 3, 7, 9, 0)
    >>> get_reminder(datetime(2026, 3, 2, 9), 1, 1, 5, None)
    """
    if done >= limit or days <= 0:
        return None
    moment = last + timedelta(days=days)
    return None if end and moment >= end else moment
