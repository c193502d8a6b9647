"""Whether an invoice can be credited by an amount, and if not, why.

What is left of an invoice is its total less all credit notes of it, those in draft too: two drafts
together must not give more than the invoice has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NO_INVOICE: Final = "no_invoice"
DRAFT: Final = "draft"
CANCELLED: Final = "cancelled"
ALL_CREDITED: Final = "all_credited"
TOO_MUCH: Final = "too_much"
#: Less than half a unit is what rounding makes of an amount.
HALF: Final = 0.5


@dataclass(frozen=True)
class Invoice:
    """What an invoice says, in its own currency; ``rounding`` is the smallest unit of it."""

    state: str
    total: float
    credited: float
    rounding: float = 0.01

    @property
    def left(self) -> float:
        """What can still be credited.

        >>> Invoice("posted", 100.0, 30.0).left
        70.0
        """
        return max(self.total - self.credited, 0.0)


def find_obstacle(invoice: Invoice | None, amount: float) -> str | None:
    """Return why no credit note of ``amount`` can be drafted; None if it can.

    >>> find_obstacle(Invoice("posted", 100.0, 30.0), 70.0)
    >>> find_obstacle(Invoice("posted", 100.0, 30.0), 70.01)
    'too_much'
    """
    if invoice is None:
        return NO_INVOICE
    if invoice.state != "posted":
        return DRAFT if invoice.state == "draft" else CANCELLED
    if invoice.left < invoice.rounding * HALF:
        return ALL_CREDITED
    return TOO_MUCH if exceeds(amount, invoice.left, invoice.rounding) else None


def exceeds(amount: float, limit: float, rounding: float = 0.01) -> bool:
    """Whether ``amount`` is above ``limit`` by more than rounding makes of it.

    >>> exceeds(0.1 + 0.2, 0.3)
    False
    """
    return amount - limit > rounding * HALF
