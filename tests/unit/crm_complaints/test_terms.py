"""Which term counts, by examples and by properties."""

from datetime import datetime, timedelta

import pytest
from crm_complaints.logic.priority import LEVELS
from crm_complaints.logic.terms import (
    ACKNOWLEDGEMENT,
    KINDS,
    RESOLUTION,
    Case,
    Choice,
    Jurisdiction,
    Level,
    Rule,
    Scope,
    applicable,
    bare,
    both,
    candidates,
    earliest,
    first_covering,
    law,
    within,
)
from hypothesis import given
from hypothesis import strategies as st

IDS = st.frozensets(st.integers(1, 4), max_size=3)
KEYS = st.integers(1, 4)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))
REMEDIES = st.sampled_from(("refund", "repair", None))

CASES = st.builds(
    Case,
    company=KEYS,
    team=st.none() | KEYS,
    categories=IDS,
    severity=st.none() | st.sampled_from(LEVELS),
    tags=IDS,
    customers=IDS,
    country=st.none() | KEYS,
    is_consumer=st.booleans(),
    jurisdiction=KEYS,
    remedy=REMEDIES,
    circumstances=IDS,
)
SCOPES = st.builds(
    Scope,
    companies=IDS,
    teams=IDS,
    categories=IDS,
    tags=IDS,
    customers=IDS,
    countries=IDS,
    severity=st.none() | st.sampled_from(LEVELS),
    consumers_only=st.booleans(),
)
RULES = st.lists(
    st.builds(
        Rule,
        key=st.integers(1, 99),
        jurisdiction=KEYS,
        kind=st.sampled_from(KINDS),
        policy=KEYS,
        remedy=REMEDIES,
        circumstance=st.none() | KEYS,
        can_pause=st.booleans(),
    ),
    max_size=8,
)
LEVEL_LISTS = st.lists(
    st.builds(Level, key=KEYS, scope=SCOPES, policies=st.just({RESOLUTION: 1})), max_size=4
)

SEVEN = Rule(1, 1, RESOLUTION, 7, "replacement")
TWENTY = Rule(2, 1, RESOLUTION, 20, "replacement", circumstance=1)
TEN = Rule(3, 1, RESOLUTION, 10, "refund")
PROMPT = Rule(4, 1, ACKNOWLEDGEMENT, 5)


@pytest.mark.parametrize(
    ("remedy", "circumstances", "expected"),
    [
        ("replacement", frozenset(), {RESOLUTION: [SEVEN], ACKNOWLEDGEMENT: [PROMPT]}),
        ("replacement", frozenset({1}), {RESOLUTION: [TWENTY], ACKNOWLEDGEMENT: [PROMPT]}),
        ("refund", frozenset({1}), {RESOLUTION: [TEN], ACKNOWLEDGEMENT: [PROMPT]}),
        (None, frozenset(), {ACKNOWLEDGEMENT: [PROMPT]}),
    ],
)
def test_the_remedy_and_its_circumstance_choose_the_term(remedy, circumstances, expected):
    case = Case(1, jurisdiction=1, remedy=remedy, circumstances=circumstances)

    assert applicable([SEVEN, TWENTY, TEN, PROMPT], case) == expected


@pytest.mark.parametrize(
    ("scope", "is_covered"),
    [
        (Scope(), True),
        (Scope(severity="high"), True),
        (Scope(severity="critical"), False),
        (Scope(categories=frozenset({5, 6})), True),
        (Scope(teams=frozenset({9})), False),
        (Scope(consumers_only=True), False),
        (Scope(tags=frozenset({3}), customers=frozenset({8})), False),
    ],
)
def test_each_condition_of_a_scope_counts(scope, is_covered):
    case = Case(
        1,
        team=2,
        categories=frozenset({4, 5}),
        severity="high",
        tags=frozenset({3}),
        customers=frozenset({7}),
        is_consumer=False,
    )

    assert scope.covers(case) is is_covered


@given(CASES)
def test_what_sets_no_condition_covers_everything(case):
    assert Scope().covers(case)


@given(LEVEL_LISTS, CASES)
def test_the_first_that_covers_counts_and_the_last_catches_the_rest(levels, case):
    fallback = Level(77, Scope())

    key = first_covering([*levels, fallback], case)

    before = [level for level in levels if level.scope.covers(case)]
    assert key == (before[0].key if before else 77)


@given(st.lists(st.builds(Jurisdiction, key=KEYS, scope=SCOPES), max_size=4), CASES)
def test_no_jurisdiction_is_one_that_does_not_cover(jurisdictions, case):
    key = first_covering(jurisdictions, case)

    covering = {entry.key for entry in jurisdictions if entry.scope.covers(case)}
    assert key in covering if covering else key is None


@given(RULES, CASES)
def test_only_rules_of_the_case_apply_and_exceptions_stand_alone(rules, case):
    for kind, found in applicable(rules, case).items():
        assert found
        assert {rule.kind for rule in found} == {kind}
        assert {rule.jurisdiction for rule in found} == {case.jurisdiction}
        assert all(rule.remedy in (None, case.remedy) for rule in found)
        assert len({rule.circumstance is None for rule in found}) == 1
        assert all(rule.circumstance in {None, *case.circumstances} for rule in found)


@given(LEVEL_LISTS, RULES, CASES)
def test_a_legal_term_waits_only_if_no_rule_forbids_it(levels, rules, case):
    found = candidates(levels, rules, case)

    for kind, matching in applicable(rules, case).items():
        waits = {choice.can_pause for choice in found[law(kind)]}
        assert waits == {all(rule.can_pause for rule in matching)}


@given(LEVEL_LISTS, RULES, CASES)
def test_the_promise_and_the_law_run_beside_each_other(levels, rules, case):
    promised = candidates(levels, [], case)
    legal = candidates([], rules, case)

    assert candidates(levels, rules, case) == {**promised, **legal}
    assert not promised.keys() & legal.keys()


@given(st.dictionaries(KEYS, MOMENTS, min_size=1))
def test_the_earliest_wins(dues):
    choices = [Choice(policy, can_pause=False) for policy in dues]

    assert dues[earliest(choices, dues).policy] == min(dues.values())


def test_of_equal_ones_the_first_wins_and_one_without_due_time_never():
    moment = datetime(2026, 3, 2)
    broken, first, second = (Choice(key, can_pause=False) for key in (1, 2, 3))

    assert earliest([broken, first, second], {2: moment, 3: moment}) == first
    assert earliest([broken], {}) == broken


def test_there_must_be_something_to_choose():
    with pytest.raises(ValueError, match="empty"):
        earliest([], {})


@given(MOMENTS, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=900)))
def test_a_moment_stays_within_what_can_be(moment, first, length):
    last = first + length

    assert first <= within(moment, first, last) <= last
    assert within(first, first, last) == first


@given(st.sampled_from(KINDS))
def test_each_kind_has_a_clock_on_both_tracks(kind):
    assert both(kind) == (kind, law(kind))
    assert bare(law(kind)) == bare(kind) == kind
