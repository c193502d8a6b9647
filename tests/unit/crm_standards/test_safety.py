"""When many records at once are told, by examples and by properties."""

from crm_standards.logic.safety import WINDOW, Meter, is_mass
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.lists(st.integers(1, 50), max_size=30)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500))
def test_splitting_a_step_in_two_does_not_hide_it(first, second, limit):
    whole = is_mass(first + second, 0, limit)

    assert is_mass(second, first, limit) == (whole and second > 0)


def test_limit_of_zero_tells_nothing():
    assert not is_mass(10_000, 10_000, 0)


@given(COUNTS, st.integers(1, 200))
def test_meter_reports_everything_read_once(counts, limit):
    meter = Meter()

    told = sum(meter.add(0.0, count, limit) for count in counts)

    assert told <= sum(counts)
    assert sum(counts) - told < limit


def test_meter_forgets_after_an_hour():
    meter = Meter()

    assert meter.add(0.0, 60, 100) == 0
    assert meter.add(float(WINDOW), 60, 100) == 0
    assert meter.add(WINDOW + 1.0, 60, 100) == 120
