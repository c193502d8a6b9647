"""By which way a person can be asked, and why by none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

MAIL: Final = "mail"
SMS: Final = "sms"
BY_NUMBER: Final = (SMS, "phone")

# why somebody is not asked; the model has the words
NO_ADDRESS: Final = "no_address"
OPTED_OUT: Final = "opted_out"
BLACKLISTED: Final = "blacklisted"
NOT_A_CUSTOMER: Final = "not_a_customer"


@dataclass(frozen=True)
class Person:
    """What decides whether and how somebody can be asked."""

    email: str | None = None
    number: str | None = None
    is_opted_out: bool = False
    is_email_blocked: bool = False
    is_number_blocked: bool = False
    is_colleague: bool = False
    is_mail_refused: bool = False


def find_way(person: Person | None, channels: Sequence[str]) -> tuple[str, str | None]:
    """Return the first channel that can be used, and nothing; or the first one, and why not.

    >>> find_way(Person(number="+4930"), ("mail", "sms"))
    ('sms', None)
    """
    if person is None:
        return channels[0], NO_ADDRESS
    if person.is_colleague:
        return channels[0], NOT_A_CUSTOMER
    if person.is_opted_out:
        return channels[0], OPTED_OUT
    obstacles = {channel: _find_obstacle(person, channel) for channel in channels}
    for channel, obstacle in obstacles.items():
        if obstacle is None:
            return channel, None
    # what somebody wants says more than a list, and that more than having no other address
    said = (OPTED_OUT, BLACKLISTED, NO_ADDRESS)
    return channels[0], next(reason for reason in said if reason in obstacles.values())


def _find_obstacle(person: Person, channel: str) -> str | None:
    if channel == MAIL:
        address, is_blocked = person.email, person.is_email_blocked
    elif channel in BY_NUMBER:
        address, is_blocked = person.number, person.is_number_blocked
    else:
        return None
    if not address:
        return NO_ADDRESS
    if channel == MAIL and person.is_mail_refused:
        return OPTED_OUT
    return BLACKLISTED if is_blocked else None
