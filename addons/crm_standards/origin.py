"""Who moves the lead: a person who can read a refusal, or a machine that cannot?

The answer decides how a blocking rule holds, never whether it holds: a person is refused and told
why; for a machine the lead stays in its last lawful stage and a violation is recorded.

It is kept in a context variable of the server process and not in Odoo's context, because whoever
calls over RPC chooses Odoo's context freely.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import SUPERUSER_ID
from odoo.api import Environment

PERSON = "person"
MAIL = "mail"
AUTOMATION = "automation"
SYSTEM = "system"
#: A visitor of a website or of the portal.
VISITOR = "visitor"
#: Found by the nightly audit: changed in the database behind the application's back.
UNLOGGED = "unlogged"
BASELINE = "baseline"

#: How a change came, for the fields of logs and registers.
ORIGINS = [
    (PERSON, "A person"),
    (MAIL, "Incoming e-mail"),
    (AUTOMATION, "Automation or scheduled action"),
    (VISITOR, "Visitor of a website or the portal"),
    (SYSTEM, "The system"),
    (UNLOGGED, "Found by the audit"),
    (BASELINE, "Before the log began"),
]

_machine: ContextVar[str | None] = ContextVar("crm_standards_machine", default=None)


@contextmanager
def unattended(origin: str) -> Iterator[None]:
    """Run the block as work with nobody at the screen. The innermost origin counts.

    :param origin: one of the constants of this module
    """
    token = _machine.set(origin)
    try:
        yield
    finally:
        _machine.reset(token)


def origin_of(env: Environment) -> str:
    """Return who is at work: :data:`PERSON`, or the kind of machine.

    OdooBot (crons, website forms, installation) and visitors of a website or of the portal count as
    machines too: none of them can fill in a missing field, and none should read our rules.
    """
    if machine := _machine.get():
        return machine
    if env.uid == SUPERUSER_ID:
        return SYSTEM
    if not env.user._is_internal():
        return VISITOR
    return PERSON
