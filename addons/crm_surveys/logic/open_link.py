"""How often answers are begun through the link of an open survey: by people, or by a program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

#: The stretch in which answers are counted.
WINDOW: Final = timedelta(hours=1)
#: Bits of an IPv6 address that one household or office has for itself.
NETWORK: Final = 64


@dataclass(frozen=True)
class Limits:
    """How many answers are begun within the window; 0: any number."""

    of_address: int
    of_all: int


def is_too_many(of_address: int, of_all: int, limits: Limits) -> bool:
    """Say whether one answer more is too many, after so many of the address and of all.

    >>> is_too_many(29, 500, Limits(30, 1000)), is_too_many(30, 500, Limits(30, 1000))
    (False, True)
    """
    counts = ((of_address, limits.of_address), (of_all, limits.of_all))
    return any(limit and count >= limit for count, limit in counts)


def get_sender(address: str) -> str:
    """Return whom an address belongs to: it says where from, not who.

    Of IPv6 everybody has more addresses than anybody can count: their network is one sender.

    >>> get_sender("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    """
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(ip_network((known, NETWORK), strict=False))


def get_days(now: datetime) -> list[str]:
    """Return the days that the window touches: each has a salt of its own.

    >>> get_days(datetime(2026, 3, 2, 0, 30))
    ['2026-03-02', '2026-03-01']
    """
    days = (now.date(), (now - WINDOW).date())
    return [day.isoformat() for day in dict.fromkeys(days)]
