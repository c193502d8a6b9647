"""What an approval is about: the facts as they were, so that it lapses when they change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def snapshot(values: Mapping[str, object]) -> dict[str, str]:
    """Return facts as texts that can be kept and compared later.

    Every way to say "nothing" is the same, and a whole number is the same with and without a
    decimal point, whatever database or form it went through.

    >>> snapshot({"revenue": 1000.0, "name": "Deal", "partner": False, "tags": (2, 1)})
    {'revenue': '1000', 'name': 'Deal', 'partner': '', 'tags': '1,2'}
    """
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (tuple, list, set, frozenset)):
        return ",".join(sorted(map(str, value)))
    return str(value)


def changed(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the facts that are not what they were, in their old order.

    A fact that nobody looks at any more (its field was removed) has not changed.
    """
    return tuple(name for name, text in then.items() if name in now and now[name] != text)


def may_decide(person: int, asker: int, approvers: Iterable[int], *, is_person: bool) -> bool:
    """Tell whether somebody may decide about a request.

    Only who was asked, never the asker himself, and never a machine in somebody's name.
    """
    return is_person and person != asker and person in set(approvers)
