from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from .source import Source


class CrmSegmentMethod(models.Model):
    """The documents of a method, as rows with customer, moment, amount and currency."""

    _inherit = "crm.segment.method"

    def _get_sources(self):
        """Hook: return the sources by what the field ``source`` calls them."""
        return {
            "won": Source(
                model="crm.lead",
                domain=Domain("won_status", "=", "won") & Domain("type", "=", "opportunity"),
                date="date_closed",
                amount="expected_revenue",
                is_shared=True,
            )
        }

    def _get_source(self):
        self.ensure_one()
        return self._get_sources()[self.source]

    def _get_documents_domain(self, first=None, end=None):
        """Return which documents count, from a day to the one before another.

        :param first: first day, or None for all that was before
        """
        source = self._get_source()
        company = Domain("company_id", "in", self._get_companies().ids)
        if source.is_shared:
            company |= Domain("company_id", "=", False)
        domain = source.domain & company & Domain(source.partner, "!=", False)
        if first:
            domain &= Domain(source.date, ">=", self._place_in_time(first))
        if end:
            domain &= Domain(source.date, "<", self._place_in_time(end))
        return domain

    def _select_lines(self, first, end):
        """Return the rows of documents as a sub-select; archived ones are history, and count."""
        source = self._get_source()
        # sudo: the whole is the whole, whoever computes it
        documents = self.env[source.model].sudo().with_company(self.company_id)
        documents = documents.with_context(active_test=False)
        query = documents._search(self._get_documents_domain(first, end))
        columns = [
            SQL("%s AS %s", SQL.identifier(query.table, name), SQL.identifier(called))
            for name, called in (
                (source.partner, "partner_id"),
                (source.date, "moment"),
                (source.amount, "amount"),
            )
        ]
        currency = (
            SQL.identifier(query.table, source.currency)
            if source.currency
            else SQL("%s", self.company_id.currency_id.id)
        )
        return query.subselect(*columns, SQL("%s AS currency_id", currency))

    def _is_by_moment(self):
        """Say whether documents have a moment in UTC, or a day."""
        source = self._get_source()
        return self.env[source.model]._fields[source.date].type == "datetime"

    def _place_in_time(self, day):
        """Return a day as the documents write it: its beginning at the company, in UTC."""
        if not self._is_by_moment():
            return day
        begin = datetime.combine(day, time(), self._get_zone())
        return begin.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)

    def _select_bucket(self, starts):
        """Return the number of the last of these days that a row has reached; 0: none."""
        kind = SQL("timestamp[]") if self._is_by_moment() else SQL("date[]")
        moments = [self._place_in_time(day) for day in starts]
        if len(moments) == 1:
            # the same, at half the price
            return SQL("(line.moment >= %s)::int", moments[0])
        return SQL("width_bucket(line.moment, %s::%s)", moments, kind)

    def _select_day(self, moment):
        """Return the day of a moment at the company."""
        if not self._is_by_moment():
            return moment
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", moment, self._get_zone().key)
