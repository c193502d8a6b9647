"""What a document says at a moment: about whom a customer is asked who was served by it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class DocumentFacts:
    """Ids, or nothing: the customer, who was in charge, and what it was about."""

    partner_id: int | None = None
    user_id: int | None = None
    team_id: int | None = None
    product_id: int | None = None
    company_id: int | None = None

    def known(self) -> dict[str, int]:
        """Return what is known, by field.

        >>> DocumentFacts(user_id=7).known()
        {'user_id': 7}
        """
        return {name: value for name, value in asdict(self).items() if value}
