"""Whether the process itself is moving a case just now, so that it does not judge its own moves.

Kept in a context variable of the server process, as the way is (``way.py``): whoever calls over
RPC chooses Odoo's context, and must not be able to pass for the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from ...way import AUTOMATION, by_way

_at_work: ContextVar[bool] = ContextVar("crm_complaints_process_at_work", default=False)


@contextmanager
def by_process(way: str = AUTOMATION) -> Iterator[None]:
    """Run the block as the work of the process; ``way`` says who asked for it."""
    token = _at_work.set(True)
    try:
        with by_way(way):
            yield
    finally:
        _at_work.reset(token)


def is_at_work() -> bool:
    """Tell whether the process is moving a case."""
    return _at_work.get()
