"""Work on batches in which one bad record stops nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from odoo.api import Environment

_logger = logging.getLogger(__name__)

#: After so many failures and no success, the fault is not with the single records.
HOPELESS = 10


def attempt(env: Environment, what: str, deed: Callable[[], Any]) -> bool:
    """Do a deed and return whether it was done; if not, it is undone and logged.

    :param what: what is done to what, for the log
    """
    try:
        with env.cr.savepoint():
            deed()
    except Exception as error:  # whatever it is, the rest of the work goes on
        _logger.warning("%s failed", what, exc_info=error)
        return False
    return True


def look(env: Environment, what: str, find: Callable[[], Any]) -> Any:
    """Return what is found, or None where the search itself fails, which is logged."""
    found = []
    attempt(env, what, lambda: found.append(find()))
    return found[0] if found else None


def attempt_each(env: Environment, what: str, batch: Sequence, deed: Callable[[Any], Any]):
    """Do a deed to a batch at once, and to one after the other where that fails.

    Costs one savepoint as long as nothing fails.

    :param batch: a recordset or a list
    :return: a part of the batch: what failed; all of it where nothing would have succeeded
    """
    if not batch or attempt(env, what, lambda: deed(batch)):
        return batch[:0]
    if len(batch) == 1:
        return batch
    failed, done = batch[:0], 0
    for place in range(len(batch)):
        one = batch[place : place + 1]
        if attempt(env, f"{what}, {one}", lambda one=one: deed(one)):
            done += 1
        else:
            failed += one
        if not done and len(failed) == HOPELESS:
            return batch
    return failed
