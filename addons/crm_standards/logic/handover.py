"""Who gets what when a person's work passes to others.

Promises are kept by keeping things together: a task goes with the opportunity it belongs to, and
all that concerns one customer goes to one person, so that no customer is called by two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

#: One person takes everything.
ONE = "one"
#: Each record goes to somebody of its own sales team.
TEAM = "team"
#: Evenly among all receivers.
TURN = "turn"

Key = tuple[str, int]


@dataclass(frozen=True)
class Item:
    """A record in somebody's hands.

    :param anchor: the record it belongs to, such as the opportunity of a task: both stay together
    :param team_id: the sales team it belongs to
    :param customer_id: whom it concerns: what concerns one customer goes to one receiver
    """

    model: str
    id: int
    team_id: int | None = None
    anchor: Key | None = None
    customer_id: int | None = None

    @property
    def key(self) -> Key:
        """Return by which the record is found again."""
        return self.model, self.id


def distribute(
    items: Sequence[Item],
    receivers: Sequence[int],
    rule: str,
    members: Mapping[int, frozenset[int]],
) -> dict[Key, int]:
    """Return who gets each item; nothing when nobody receives.

    Whoever has least so far comes next, in the order of ``receivers``. By :data:`TEAM`, only
    receivers of the item's own team are asked, or all of them where none works in it.

    :param members: the people of each team
    """
    found: dict[Key, int] = {}
    if not receivers:
        return found
    load = dict.fromkeys(receivers, 0)
    keeper: dict[int, int] = {}
    for item in sorted(items, key=lambda item: item.anchor is not None):
        receiver = found.get(item.anchor) if item.anchor else None
        if receiver is None:
            able = _able(item, receivers, rule, members)
            receiver = keeper.get(item.customer_id or 0)
            if receiver not in able:
                receiver = min(able, key=lambda user: (load[user], receivers.index(user)))
        if item.customer_id:
            keeper.setdefault(item.customer_id, receiver)
        load[receiver] += 1
        found[item.key] = receiver
    return found


def _able(
    item: Item, receivers: Sequence[int], rule: str, members: Mapping[int, frozenset[int]]
) -> Sequence[int]:
    """Return the receivers who come into question for an item."""
    if rule == ONE:
        return receivers[:1]
    if rule == TEAM:
        colleagues = members.get(item.team_id or 0, frozenset())
        return [user for user in receivers if user in colleagues] or receivers
    return receivers


def overall(answers: Iterable[str]) -> str:
    """Return the state of a hand-over from the answers of its receivers.

    Answers and results are ``offered``, ``accepted``, ``declined``, ``done``. As long as one has
    not answered it is offered; it is done when nothing is left to move, and declined only when
    nobody takes anything.
    """
    answers = set(answers)
    for waiting in ("offered", "accepted", "done"):
        if waiting in answers:
            return waiting
    return "declined"
