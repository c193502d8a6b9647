from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CrmSegmentMethod(models.Model):
    """Amounts of other currencies, each at the rate of the last day of its period."""

    _inherit = "crm.segment.method"

    def _convert(self, window):
        """Return what a row is worth, and the rates to join for it; none for one currency."""
        self.ensure_one()
        currencies = self._find_currencies(window) - self.currency_id
        if not currencies:
            return SQL("line.amount"), SQL()
        rates = [
            (currency.id, place, rate)
            for currency in currencies
            for place, rate in self._get_rates(currency, window).items()
        ]
        values = SQL(", ").join(SQL("(%s, %s, %s::numeric)", *row) for row in rates)
        join = SQL(
            """
            LEFT JOIN (VALUES %s) AS rate(currency_id, place, rate)
                   ON rate.currency_id = line.currency_id AND rate.place = %s
            """,
            values,
            self._select_bucket(window.starts),
        )
        # before the window it matters only that there was something
        return SQL("line.amount * COALESCE(rate.rate, 1)"), join

    def _find_currencies(self, window):
        """Return the currencies that the documents are in."""
        if not self._get_source().currency:
            return self.company_id.currency_id
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT currency_id FROM %s AS line",
                self._select_lines(window.first, window.end),
            )
        )
        return self.env["res.currency"].browse([number for (number,) in rows if number])

    def _get_rates(self, currency, window):
        """Return by what amounts of each period are multiplied; raise if nobody knows.

        Core would take 1 for an unknown rate, and a wrong class for granted.
        """
        days = [end for _first, end in window.spans()]
        units = self._get_rates_of(currency, days)
        wanted = self._get_rates_of(self.currency_id, days)
        return {place: wanted[place] / units[place] for place in units}

    def _get_rates_of(self, currency, days):
        """Return the rate before each day, from 1; before there was any, the first one."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT place,
                       (SELECT rate.rate
                          FROM res_currency_rate AS rate
                         WHERE rate.currency_id = %(currency)s
                           AND (rate.company_id IS NULL OR rate.company_id = %(company)s)
                      ORDER BY rate.name >= day, rate.company_id,
                               CASE WHEN rate.name < day THEN rate.name END DESC, rate.name
                         LIMIT 1)
                  FROM UNNEST(%(days)s::date[]) WITH ORDINALITY AS asked(day, place)
                """,
                currency=currency.id,
                company=self.company_id.root_id.id,
                days=days,
            )
        )
        rates = dict(rows)
        if None in rates.values():
            # all rates are told against the company's currency, which needs none
            if currency != self.company_id.currency_id:
                raise UserError(
                    self.env._(
                        "%(method)s: %(currency)s has no rate. Enter one under Currencies.",
                        method=self.name,
                        currency=currency.name,
                    )
                )
            rates = dict.fromkeys(rates, 1)
        return rates
