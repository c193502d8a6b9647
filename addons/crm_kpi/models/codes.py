"""Codes by which formulas call measures and indicators."""

from itertools import count

KEPT = 34  # letters of the first one's code in that of a copy


def find_free_code(records, code):
    """Return a code for a copy that nothing of the model has yet."""
    begin = code[:KEPT]
    known = records.with_context(active_test=False).search([("code", "=like", f"{begin}%")])
    taken = set(known.mapped("code"))
    return next(f"{begin}_{number}" for number in count(2) if f"{begin}_{number}" not in taken)
