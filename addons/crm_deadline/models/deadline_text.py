"""Amounts of time as text in the user's language.

A unit has a text for one and one for many. Languages with more forms use abbreviations.
"""

from odoo.tools import format_datetime


def format_amount(env, amount, unit):
    """Return a whole number of a term's unit, such as "8 working hours"."""
    one = amount == 1
    if unit == "working_minutes":
        text = (
            env._("1 working minute") if one else env._("%(amount)s working minutes", amount=amount)
        )
    elif unit == "working_hours":
        text = env._("1 working hour") if one else env._("%(amount)s working hours", amount=amount)
    elif unit == "working_days":
        text = env._("1 working day") if one else env._("%(amount)s working days", amount=amount)
    elif unit == "calendar_minutes":
        text = env._("1 minute") if one else env._("%(amount)s minutes", amount=amount)
    elif unit == "calendar_hours":
        text = env._("1 hour") if one else env._("%(amount)s hours", amount=amount)
    else:
        text = env._("1 calendar day") if one else env._("%(amount)s calendar days", amount=amount)
    return text


def format_term(env, rule):
    """Return the term of a policy or of a version of one, in one line."""
    parts = [format_amount(env, rule.term_amount, rule.term_unit)]
    if rule.term_unit and rule.term_unit.endswith("days"):
        parts.append(
            env._("counted from the day of the start")
            if rule.day_count == "start"
            else env._("counted from the next day")
        )
    if rule.calendar_id:
        # sudo: the name of the hours says how the term is counted, to whoever may read the term
        parts.append(env._("by %(calendar)s", calendar=rule.sudo().calendar_id.name))
    if rule.warning_amount:
        before = format_amount(env, rule.warning_amount, rule.term_unit)
        parts.append(env._("warning %(time)s before", time=before))
    return ", ".join(parts)


def format_size(env, size, term):
    """Return a size of a ``Term``'s time: days, or hours and minutes of a number of seconds."""
    if term.is_days:
        return format_amount(env, size, term.unit)
    hours, minutes = divmod(size // 60, 60)
    if not hours:
        return env._("%(minutes)s min", minutes=minutes)
    if not minutes:
        return env._("%(hours)s h", hours=hours)
    return env._("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)


def format_moment(env, moment):
    """Return a naive UTC datetime in the user's language and time zone: Mon 2 Mar 2026 09:00."""
    return format_datetime(env, moment, tz=env.tz.zone, dt_format="EEE d MMM y HH:mm")
