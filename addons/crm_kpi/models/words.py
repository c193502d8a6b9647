"""Periods and values, as people read them."""

from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ..logic.period import MONTH, QUARTER, YEAR, period_of

#: How a whole month, quarter or year is written.
FORMATS = {MONTH: "LLLL y", QUARTER: "QQQ y", YEAR: "y"}


def tell_period(env, first, last):
    """Return "November 2026" for the days of it, and both days for any others."""
    for kind, date_format in FORMATS.items():
        period = period_of(first, kind)
        if (period.first, period.last) == (first, last):
            return format_date(env, first, date_format=date_format)
    return f"{format_date(env, first)} – {format_date(env, last)}"


def tell_value(env, value, unit, currency):
    """Return a value in the unit of its indicator."""
    if unit == "money":
        return formatLang(env, value, currency_obj=currency, rounding_unit="units")
    number = formatLang(env, value, digits=1)
    return {
        "percent": env._("%(number)s %%", number=number),
        "hours": env._("%(number)s h", number=number),
        "days": env._("%(number)s days", number=number),
    }.get(unit, number)
