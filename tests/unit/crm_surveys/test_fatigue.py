"""The budget of asking, by examples and by properties."""

from datetime import datetime, timedelta

from crm_surveys.logic.fatigue import (
    COMPANY,
    COMPANY_BUDGET,
    CONTACT,
    CONTACT_BUDGET,
    OUTRANKED,
    Candidate,
    Limit,
    Touch,
    choose,
    find_exceeded,
)
from hypothesis import given
from hypothesis import strategies as st

START = datetime(2026, 3, 2)
ONCE = Limit(CONTACT, 1, 30)


def touch(day=0, contact=1, company=9, channel="mail"):
    return Touch(contact, company, START + timedelta(days=day), channel)


def candidate(key, day=0, value=0, limits=(ONCE,), is_waiting=False, **where):
    return Candidate(key, touch(day, **where), value, tuple(limits), is_waiting)


def test_a_contact_is_asked_again_when_the_days_are_over():
    assert choose([candidate(1, day=29)], [touch()]) == {1: CONTACT_BUDGET}
    assert choose([candidate(1, day=30)], [touch()]) == {}


def test_what_is_planned_ahead_counts():
    assert choose([candidate(1)], [touch(day=5)]) == {1: CONTACT_BUDGET}


def test_colleagues_of_one_company_share_its_limit():
    limits = [Limit(COMPANY, 2, 10)]
    asked = [touch(contact=1), touch(contact=2)]

    assert choose([candidate(1, contact=3, limits=limits)], asked) == {1: COMPANY_BUDGET}
    assert choose([candidate(1, contact=3, company=8, limits=limits)], asked) == {}


def test_a_limit_of_a_channel_counts_that_channel_only():
    limits = [Limit(CONTACT, 1, 30, "sms")]

    assert not find_exceeded(touch(channel="sms"), [touch()], limits)
    assert not find_exceeded(touch(), [touch(channel="sms")], limits)
    assert find_exceeded(touch(channel="sms"), [touch(channel="sms")], limits)


def test_the_most_valuable_wins():
    rivals = [candidate(1, value=5), candidate(2, value=50), candidate(3, value=20)]

    assert choose(rivals, []) == {1: OUTRANKED, 3: OUTRANKED}


def test_of_equal_ones_the_one_decided_before_goes():
    assert choose([candidate(1), candidate(2, is_waiting=True)], []) == {1: OUTRANKED}


def test_a_waiting_one_gives_way_to_a_better_one_only():
    waiting = candidate(1, value=5, is_waiting=True)

    assert choose([waiting, candidate(2, value=6)], []) == {1: OUTRANKED}
    assert choose([waiting], [touch()]) == {}


touches = st.builds(
    touch,
    day=st.integers(0, 60),
    contact=st.integers(1, 3),
    company=st.just(9),
    channel=st.sampled_from(["mail", "sms"]),
)
limits = st.lists(
    st.builds(
        Limit,
        scope=st.sampled_from([CONTACT, COMPANY]),
        maximum=st.integers(0, 3),
        days=st.integers(1, 40),
        channel=st.sampled_from([None, "mail", "sms"]),
    ),
    max_size=3,
)


@given(st.lists(st.tuples(touches, st.integers(0, 3)), max_size=12), limits)
def test_no_stretch_of_days_ever_holds_more_than_its_limit(wanted, rules):
    candidates = [
        Candidate(key, found, value, tuple(rules)) for key, (found, value) in enumerate(wanted)
    ]
    reasons = choose(candidates, [])
    asked = [one.touch for one in candidates if one.key not in reasons]

    for rule in rules:
        for contact in {one.contact for one in asked}:
            dates = [
                one.date
                for one in asked
                if rule.channel in (None, one.channel)
                and (rule.scope == COMPANY or one.contact == contact)
            ]
            span = timedelta(days=rule.days)
            for start in dates:
                assert sum(start <= date < start + span for date in dates) <= rule.maximum


@given(st.lists(st.tuples(touches, st.integers(0, 3)), max_size=10), limits, st.randoms())
def test_the_order_they_come_in_decides_nothing(wanted, rules, random):
    candidates = [
        Candidate(key, found, value, tuple(rules)) for key, (found, value) in enumerate(wanted)
    ]
    shuffled = random.sample(candidates, len(candidates))

    assert choose(shuffled, []) == choose(candidates, [])


@given(st.lists(st.tuples(touches, st.integers(0, 3)), max_size=10))
def test_without_limits_everybody_is_asked(wanted):
    assert not choose([Candidate(key, found) for key, (found, _) in enumerate(wanted)], [])
