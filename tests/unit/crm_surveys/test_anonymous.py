"""Nobody is told from fewer than four others: held for every mix of people."""

from collections import Counter
from datetime import datetime

from crm_surveys.logic.anonymous import (
    SMALLEST,
    Known,
    coarsen,
    count_ripe,
    find_shown,
    round_day,
    split,
)
from hypothesis import given
from hypothesis import strategies as st

people = st.lists(
    st.builds(Known, st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, 7, 8, 9])),
    max_size=60,
)


@given(people)
def test_whatever_is_kept_is_had_by_at_least_five(known):
    kept = coarsen(known)

    assert len(kept) == len(known)
    if len(known) >= SMALLEST:
        assert min(Counter(kept).values()) >= SMALLEST


@given(people)
def test_nothing_is_invented(known):
    for one, kept in zip(known, coarsen(known), strict=True):
        assert kept in (one, Known(one.team, None), Known())


def test_what_many_have_in_common_stays():
    known = [Known(1, 7)] * 5 + [Known(1, 8)] * 5 + [Known(2, 9)] * 6

    assert coarsen(known) == known


@given(st.integers(0, 2000), st.integers(SMALLEST, 300))
def test_batches_are_of_everybody_and_none_is_small(count, size):
    batches = split(range(count), size)

    assert all(SMALLEST <= len(batch) < size + SMALLEST for batch in batches)
    assert sum(map(len, batches)) == (count if count >= SMALLEST else 0)


@given(st.lists(st.integers(0, 30), max_size=40))
def test_nobody_is_let_out_alone_and_nobody_is_left_alone(coming):
    waiting = had = 0
    for count in coming:
        waiting += count
        had += count
        ripe = count_ripe(waiting, False)
        assert ripe == 0 or ripe >= SMALLEST
        waiting -= ripe
    last = count_ripe(waiting, True)

    assert last == 0 or last >= SMALLEST
    assert waiting - last == (had if had < SMALLEST else 0)


@given(
    st.dictionaries(st.integers(1, 20), st.integers(0, 40), max_size=12),
    st.integers(0, 40),
    st.integers(0, 20),
)
def test_neither_few_nor_all_but_few_are_shown(counts, without, minimum):
    total = sum(counts.values()) + without

    shown = find_shown(counts, total, minimum)

    hidden = total - sum(counts[key] for key in shown)
    assert all(counts[key] >= max(minimum, SMALLEST) for key in shown)
    assert not shown or hidden == 0 or hidden >= SMALLEST


def test_groups_that_hide_nobody_are_all_shown():
    assert find_shown({1: 10, 2: 12}, 22, 10) == {1, 2}


def test_an_hour_is_no_part_of_a_day():
    assert round_day(datetime(2026, 3, 2, 23, 59, 58, 7)) == datetime(2026, 3, 2, 12)
