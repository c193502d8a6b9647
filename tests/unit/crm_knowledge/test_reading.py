"""Who still has to confirm which version, and what a check says."""

from datetime import date, timedelta

from crm_knowledge.logic.reading import (
    Question,
    Request,
    find_wrong,
    is_to_remind,
    knowing,
    share,
    to_ask,
    to_release,
)
from hypothesis import given
from hypothesis import strategies as st

PEOPLE = st.integers(1, 6)
REQUESTS = st.lists(
    st.builds(Request, PEOPLE, st.integers(1, 4), st.booleans()),
    unique_by=lambda request: (request.user_id, request.version),
)
FACTS = st.tuples(st.lists(PEOPLE), REQUESTS, st.integers(1, 4), st.integers(1, 4))


@given(FACTS)
def test_asking_and_releasing_settles_it(facts):
    audience, requests, version, since = facts
    released = to_release(audience, requests, version, since)
    kept = [request for request in requests if request not in released]
    asked = [Request(user_id, version, False) for user_id in to_ask(audience, kept, version, since)]

    after = [*kept, *asked]

    assert not to_ask(audience, after, version, since)
    assert not to_release(audience, after, version, since)


@given(FACTS)
def test_in_the_end_everybody_knows_or_is_asked_and_nobody_else_is(facts):
    audience, requests, version, since = facts
    kept = [one for one in requests if one not in to_release(*facts)]
    asked = {one.user_id for one in kept if not one.is_confirmed}
    asked |= set(to_ask(audience, kept, version, since))

    assert asked == set(audience) - knowing(requests, since)


@given(FACTS)
def test_a_confirmation_is_never_released(facts):
    assert not any(request.is_confirmed for request in to_release(*facts))


def test_a_later_version_is_read_anew():
    known = [Request(1, 1, True)]

    assert to_ask([1], known, 2, 2) == (1,)
    assert to_ask([1], known, 2, 1) == ()


QUESTION = Question(7, frozenset({1, 2, 3}), frozenset({1, 3}))


def test_all_right_answers_and_no_other_are_right():
    assert find_wrong([QUESTION], {7: [3, 1]}) == ()
    for answer in ([], [1], [1, 2, 3], [1, 3, 99], [99]):
        assert find_wrong([QUESTION], {7: answer}) == (7,)
    assert find_wrong([QUESTION], {}) == (7,)
    assert find_wrong([], {}) == ()


DUE = date(2026, 3, 2)


def test_nobody_is_reminded_in_time():
    assert not is_to_remind(DUE, None, DUE)
    assert not is_to_remind(None, None, DUE)
    assert is_to_remind(DUE, None, DUE + timedelta(days=1))


@given(st.integers(1, 60))
def test_reminders_come_once_a_week(days):
    reminded, count = None, 0
    for day in range(1, days + 1):
        today = DUE + timedelta(days=day)
        if is_to_remind(DUE, reminded, today):
            reminded, count = today, count + 1

    assert count == (days + 6) // 7


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_hundred_percent_means_all(part, rest):
    assert (share(part, part + rest) == 100) == (rest == 0 and part > 0)
