"""Where a method's figures come from: documents of one model, by names of stored fields."""

from __future__ import annotations

from dataclasses import dataclass

from odoo.fields import Domain


@dataclass(frozen=True)
class Source:
    """Documents that bring figures.

    :param model: their model
    :param domain: which of them count, whatever the company and the date
    :param date: the field that says when; a date or a moment in UTC
    :param amount: what each is worth; taken back is negative
    :param partner: the customer, or a person of his
    :param currency: the field with the amount's currency; None: it is in the company's
    :param is_shared: documents without a company count as well
    """

    model: str
    domain: Domain
    date: str
    amount: str
    partner: str = "partner_id"
    currency: str | None = None
    is_shared: bool = False
