"""Spreading a plan, and reading a table of targets."""

from datetime import date, datetime

import pytest
from crm_kpi.logic.spread import season, spread
from crm_kpi.logic.target_sheet import COLUMNS, CellError, is_empty, read
from hypothesis import given
from hypothesis import strategies as st

SHARES = st.lists(st.floats(0, 1e6), min_size=1, max_size=12)
TOTALS = st.integers(-(10**12), 10**12).map(lambda cents: cents / 100)


@given(TOTALS, SHARES)
def test_parts_add_up_exactly(total, shares):
    parts = spread(total, shares)

    assert sum(round(part * 100) for part in parts) == round(total * 100)
    assert all(part * total >= 0 for part in parts)


@given(TOTALS, SHARES)
def test_no_part_is_a_cent_off(total, shares):
    whole = sum(shares)
    if not whole:
        shares, whole = [1.0] * len(shares), len(shares)
    for part, share in zip(spread(total, shares), shares, strict=True):
        assert abs(part - total * share / whole) <= 0.01 + abs(total) * 1e-9


def test_nothing_to_spread_over_and_no_shares():
    assert spread(10, []) == []
    assert spread(10, [0, 0, 0], 0) == [4, 3, 3]


def test_a_season_is_a_form_and_not_an_amount():
    assert season([[0, 0], [1, 3], [1000, 1000]]) == [0.375, 0.625]
    assert season([[0.0, 0.0]]) is None
    assert season([]) is None


def test_an_unknown_month_is_a_usual_one_and_not_nothing():
    assert season([[None, None, 2, 6]]) == [0.25, 0.25, 0.125, 0.375]
    assert season([[None, 3], [1, 1]]) == [0.5, 0.5]
    assert season([[None, None]]) is None


@given(st.lists(st.lists(st.floats(0, 1e6), min_size=12, max_size=12), max_size=5))
def test_shares_of_a_season_are_a_whole(years):
    found = season(years)

    assert found is None or abs(sum(found) - 1) < 1e-9


def test_a_row_is_read_as_people_write_it():
    row = read(["sold", " kpi ", None, "05.03.2026", "", "1\u00a0250\u202f000,5", 10])

    assert row.day == date(2026, 3, 5)
    assert row.words == {"indicator": "sold", "employee": "kpi", "team": None, "period": None}
    assert (row.numbers["minimum"], row.numbers["target"]) == (1250000.5, 10)
    assert row.numbers["weight"] is None
    assert read(["sold", None, None, datetime(2026, 3, 5), None, None, 0]).day == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ([None, "kpi", None, "2026-03-05", None, None, 1], "indicator"),
        (["sold", "kpi", None, "2026-13-05", None, None, 1], "from"),
        (["sold", "kpi", None, "2026-03-05", None, None, "many"], "target"),
        (["sold", "kpi", None, "2026-03-05", None, None, "nan"], "target"),
        (["sold", "kpi", None, "2026-03-05", None, None, "1e300"], "target"),
        (["sold", "kpi", None, "2026-03-05", None, True, 1], "minimum"),
        (["sold"], "from"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(cells, column):
    with pytest.raises(CellError) as error:
        read(cells)

    assert error.value.column == column


@given(st.lists(st.one_of(st.none(), st.text(), st.integers(), st.booleans(), st.dates())))
def test_any_row_is_read_or_refused(cells):
    if is_empty(cells):
        return
    try:
        row = read(cells)
    except CellError as error:
        assert error.column in COLUMNS
    else:
        assert row.words["indicator"] and row.numbers["target"] is not None
