"""What a line is worth: currencies and working time, over the tables of the statement.

``firm`` is the company, ``placed`` the day, ``axis`` the moment.
"""

from __future__ import annotations

from datetime import datetime

from odoo.models import BaseModel
from odoo.tools import SQL

#: What the database complains about where an amount cannot be converted; the currency follows.
NO_RATE = "no rate of currency "


def converted(amount: SQL, currency: SQL, is_met: SQL) -> SQL:
    """Return an amount in the money of the company.

    Where a currency has no rate the statement fails: an amount left out would be a wrong sum.
    """
    return SQL(
        """
        COALESCE((%(amount)s)::numeric * %(rate)s,
                 CASE WHEN %(is_met)s AND %(amount)s IS NOT NULL
                      THEN (%(mark)s || %(currency)s)::numeric END)
        """,
        amount=amount,
        rate=rate(currency),
        is_met=is_met,
        mark=NO_RATE,
        currency=currency,
    )


def rate(currency: SQL) -> SQL:
    """Return by what an amount is multiplied; nothing where a currency has no rate.

    Core would take 1 for it, and a wrong figure for granted.
    """
    return SQL(
        """
        CASE WHEN %(currency)s IS NULL OR %(currency)s = firm.currency_id THEN 1
             ELSE COALESCE((%(own)s), 1) / (%(foreign)s) END
        """,
        currency=currency,
        own=rate_of(SQL("firm.currency_id")),
        foreign=rate_of(currency),
    )


def rate_of(currency: SQL) -> SQL:
    """Return the rate of the day; before there was any, the first one, as core does."""
    return SQL(
        """
        SELECT rate.rate
          FROM res_currency_rate AS rate
         WHERE rate.currency_id = %s
           AND (rate.company_id IS NULL OR rate.company_id = firm.root_id)
      ORDER BY rate.name > placed.date, rate.company_id,
               CASE WHEN rate.name <= placed.date THEN rate.name END DESC, rate.name
         LIMIT 1
        """,
        currency,
    )


def late(done: SQL, now: datetime, is_done_on_day: bool, is_due_on_day: bool) -> SQL:
    """Return that something was done after it was due; what is not done is so if now is after.

    What is due on a day is in time all day long, by the clock of the company.
    """
    moment = SQL("%s::timestamp", now)
    if not is_done_on_day and not is_due_on_day:
        return SQL("COALESCE(%s, %s) > axis.moment", done, moment)
    done_day = SQL("%s::date", done) if is_done_on_day else local_day(done)
    return SQL("COALESCE(%s, %s) > placed.date", done_day, local_day(moment))


def local_day(moment: SQL) -> SQL:
    """Return the day of a moment in the company."""
    return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE firm.zone)::date", moment)


def duration(start: SQL, measure: BaseModel) -> SQL:
    """Return the time from start to end in the measure's unit; nothing if it is negative."""
    start = SQL("(%s)::timestamp", start)
    if measure.is_working_time:
        hours = SQL("%s - %s", worked(SQL("axis.moment")), worked(start))
        per_day = SQL("firm.hours_per_day")
    else:
        hours = SQL("EXTRACT(EPOCH FROM axis.moment - %s) / 3600.0", start)
        per_day = SQL("24.0")
    divisor = per_day if measure.unit == "days" else SQL("1")
    return SQL("CASE WHEN %s <= axis.moment THEN ((%s) / %s)::numeric END", start, hours, divisor)


def worked(moment: SQL) -> SQL:
    """Return how many working hours of the company lay before a moment."""
    return SQL(
        """
        (SELECT CASE WHEN place = 0 THEN 0 ELSE firm.hours[place] + EXTRACT(EPOCH FROM
                     LEAST(%(moment)s, firm.ends[place]) - firm.starts[place]) / 3600.0 END
           FROM (SELECT width_bucket(%(moment)s, firm.starts)) AS found(place))
        """,
        moment=moment,
    )
