"""Deputies: who acts for whom while people are away."""

from collections.abc import Collection, Mapping


def first_present(person: int, deputies: Mapping[int, int], away: Collection[int]) -> int:
    """Return who acts for ``person``: himself, or the first in the chain of deputies not away.

    The person himself again if all are away, or if the chain leads back to somebody who is.

    :param deputies: the deputy of each person who has one
    """
    asked = {person}
    current = person
    while current in away:
        deputy = deputies.get(current)
        if deputy is None or deputy in asked:
            return person
        asked.add(deputy)
        current = deputy
    return current
