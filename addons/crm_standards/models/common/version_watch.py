"""Which standards a piece of work has touched, so that the register looks at each of them once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Ids of standards touched by the work in progress; None while there is none.
_touched: ContextVar[set[int] | None] = ContextVar("crm_standards_touched", default=None)


@contextmanager
def touching(standards) -> Iterator[None]:
    """Let the register look at these standards when the outermost piece of work is done.

    A form that saves a standard with ten rules is one piece of work and makes one version. Kept in
    a variable of the server process, which no caller can set.
    """
    touched = _touched.get()
    if touched is not None:
        touched.update(standards.ids)
        yield
        return
    token = _touched.set(set(standards.ids))
    try:
        yield
        ids = _touched.get()
    finally:
        _touched.reset(token)
    standards.browse(sorted(ids)).exists()._follow_versions()


def touch(standards) -> None:
    """Add standards that came into being during the work."""
    touched = _touched.get()
    if touched is not None:
        touched.update(standards.ids)
