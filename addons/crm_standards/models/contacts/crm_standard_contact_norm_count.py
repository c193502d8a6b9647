"""Counting contacts: for one customer or for all of them, in one statement for each norm."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import contacts as logic


class Count(NamedTuple):
    """The contacts of a customer in the period of his norm; see ``logic.contacts``."""

    held: int = 0
    unasked: int = 0
    is_answer: bool = False  #: the customer spoke last: one contact more answers him


class CrmStandardContactNorm(models.Model):
    """What the contacts of customers amount to by their norms."""

    _inherit = "crm.standard.contact.norm"

    def _count_sql(self, partner_ids: list[int] | None = None) -> SQL:
        """Return the SELECT of the counts in the norm's period, by customer.

        A norm of one company counts that company's contacts, a norm of all companies counts them
        all: a customer is not bothered less because two companies do it.

        :param partner_ids: these customers only
        """
        self.ensure_one()
        among = SQL("AND partner_id = ANY(%s)", partner_ids) if partner_ids is not None else SQL()
        own = SQL()
        if self.company_id:
            own = SQL("AND (company_id IS NULL OR company_id = %s)", self.company_id.id)
        return SQL(
            """
            SELECT partner_id,
                   count(*) FILTER (WHERE counts AND (direction = 'out' OR %(incoming)s)) AS held,
                   count(*) FILTER (WHERE counts AND direction = 'out'
                                      AND previous IS DISTINCT FROM 'in') AS unasked,
                   (array_agg(direction ORDER BY date DESC, id DESC))[1] = 'in' AS is_answer
              FROM (SELECT id, partner_id, date, direction, channel = ANY(%(channels)s) AS counts,
                           lag(direction) OVER (PARTITION BY partner_id ORDER BY date, id)
                           AS previous
                      FROM crm_standard_contact
                     WHERE date > %(since)s AND date <= %(now)s AND partner_id IS NOT NULL
                           %(among)s %(own)s) AS contact
          GROUP BY partner_id
            """,
            incoming=self.has_incoming,
            channels=self._get_channels(),
            since=self._get_period_start(),
            now=fields.Datetime.now(),
            among=among,
            own=own,
        )

    def _count(self, partner_ids: list[int]) -> dict[int, Count]:
        """Return the counts of these customers; who had no contact is not in it."""
        rows = self.env.execute_query(self._count_sql(partner_ids))
        return {partner_id: Count(*counts) for partner_id, *counts in rows}

    def _get_begin(self) -> datetime | None:
        """Return since when this norm asks for contacts."""
        self.ensure_one()
        begin = self.standard_id.date_in_force
        return max(begin, self.create_date) if begin else None

    def _is_whole(self, partner) -> bool:
        """Tell whether customer and norm were there all the period long."""
        start, begin = self._get_period_start(), self._get_begin()
        return bool(begin and begin <= start and (partner.create_date or start) <= start)

    def _get_state(self, partner, count: Count) -> logic.State:
        """Return what a customer's contacts amount to."""
        is_whole = self._is_whole(partner)
        return logic.judge(self._to_logic(), count.held, count.unasked, is_whole=is_whole)

    # ---- searching ------------------------------------------------------------------------

    @api.model
    def _get_state_domain(self, states) -> Domain:
        """Return the customers whose contacts amount to one of these states."""
        result = Domain.FALSE
        for norm, domain in self._get_in_force()._get_own_domains():
            if found := [norm._get_one_state_domain(state) for state in states]:
                result |= domain & Domain.OR(found)
        return result

    def _get_one_state_domain(self, state: logic.State) -> Domain:
        """Return a condition on customers of this norm, as ``logic.contacts.judge`` decides it."""
        self.ensure_one()
        excess = self._having(SQL("unasked > %s", self.most)) if self.most else Domain.FALSE
        full = self._having(SQL("unasked = %s", self.most)) if self.most else Domain.FALSE
        few = Domain.FALSE
        start, begin = self._get_period_start(), self._get_begin()
        if self.least and begin and begin <= start:
            few = ~self._having(SQL("held >= %s", self.least)) & Domain("create_date", "<=", start)
        match state:
            case "too_many":
                return excess
            case "too_few":
                return few & ~excess
            case "full":
                return full & ~few
            case _:
                return ~(excess | few | full)

    def _having(self, condition: SQL) -> Domain:
        """Return the customers whose counts meet a condition on ``held`` and ``unasked``."""
        counts = self._count_sql()

        def to_sql(_model, alias, _query):
            return SQL(
                "%s IN (SELECT partner_id FROM (%s) AS counted WHERE %s)",
                SQL.identifier(alias, "id"),
                counts,
                condition,
            )

        return Domain.custom(to_sql=to_sql)
