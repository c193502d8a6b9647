"""The gate's judgement, by examples and by properties."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from crm_standards.logic.gate import (
    STRENGTHS,
    Finding,
    Move,
    Rule,
    Scope,
    Subject,
    is_filled,
    is_in_scope,
    judge_move,
    judge_stay,
    lawful_birth_stage,
    missing_fields,
    need_key,
    newly_missing,
    recorded,
    refused,
    split_need,
    touches,
)
from hypothesis import given
from hypothesis import strategies as st

STAGES = st.integers(1, 6)
FIELDS = st.sampled_from(["partner_id", "email_from", "expected_revenue", "phone"])
SETS = st.frozensets(STAGES, min_size=1)


@st.composite
def rules(draw):
    """A rule of any kind that can be applied."""
    kind = draw(st.sampled_from(["enter", "leave", "transition"]))
    return Rule(
        id=draw(st.integers(1, 1000)),
        kind=kind,
        strength=draw(st.sampled_from(STRENGTHS)),
        stage_ids=draw(SETS),
        field_names=()
        if kind == "transition"
        else tuple(draw(st.lists(FIELDS, min_size=1, unique=True))),
        next_stage_ids=draw(SETS) if kind == "transition" else frozenset(),
        is_invariant=draw(st.booleans()),
    )


moves = st.builds(Move, st.none() | STAGES, st.none() | STAGES)
filled_sets = st.frozensets(FIELDS)


@given(st.lists(rules()), moves, filled_sets, FIELDS)
def test_filling_one_more_field_never_makes_it_worse(law, move, filled, extra):
    before = judge_move(law, move, filled.__contains__)
    after = judge_move(law, move, (filled | {extra}).__contains__)

    assert len(after) <= len(before)
    assert len(refused(after)) <= len(refused(before))


@given(st.text(), st.lists(st.text(), max_size=3))
def test_a_need_gives_back_what_was_put_in_and_fits_into_a_list(kind, details):
    need = need_key(kind, *details)

    assert split_need(need) == (kind, *details)
    assert "," not in need


@given(st.lists(rules()), moves, filled_sets, st.lists(st.text(min_size=1), unique=True))
def test_a_need_is_judged_like_a_field(law, move, filled, kinds):
    needs = tuple(need_key(kind) for kind in kinds)
    asking = [replace(rule, needs=needs) for rule in law if rule.field_names]

    for finding in judge_move(asking, move, filled.__contains__):
        assert finding.missing[-len(needs) :] == needs or not needs


@given(st.lists(rules()), moves, filled_sets)
def test_standing_still_breaks_nothing(law, move, filled):
    still = Move(move.stage_from, move.stage_from)

    assert judge_move(law, still, filled.__contains__) == ()


@given(st.lists(rules()), moves, filled_sets)
def test_one_more_rule_never_opens_a_closed_way(law, move, filled):
    for number in range(len(law)):
        part = judge_move(law[:number], move, filled.__contains__)
        whole = judge_move(law, move, filled.__contains__)

        assert set(part) <= set(whole)


@given(st.lists(rules()), moves)
def test_with_everything_filled_only_forbidden_ways_are_left(law, move):
    found = judge_move(law, move, lambda _name: True)

    assert {finding.rule.kind for finding in found} <= {"transition"}


@given(st.lists(rules()), moves, filled_sets)
def test_what_is_refused_is_recorded_too(law, move, filled):
    findings = judge_move(law, move, filled.__contains__)

    assert set(refused(findings)) <= set(recorded(findings)) <= set(findings)


@given(st.lists(rules()), st.none() | STAGES, filled_sets)
def test_an_invariant_asks_no_more_than_the_entry(law, stage, filled):
    entry = judge_move(law, Move(None, stage), filled.__contains__)

    assert set(judge_stay(law, stage, filled.__contains__)) <= set(entry)


@given(st.lists(rules()), filled_sets, filled_sets, st.none() | STAGES)
def test_newly_missing_is_what_was_there_before(law, before, after, stage):
    was = judge_stay(law, stage, before.__contains__)
    now = judge_stay(law, stage, after.__contains__)

    for finding in newly_missing(was, now):
        assert set(finding.missing) <= before - after


@given(st.lists(rules()), st.lists(STAGES, unique=True), filled_sets)
def test_a_lead_is_always_born_somewhere(law, stages, filled):
    stage = lawful_birth_stage(law, stages, filled.__contains__)

    assert (stage in stages) if stages else stage is None
    lawful = [
        candidate
        for candidate in stages
        if not refused(judge_move(law, Move(None, candidate), filled.__contains__))
    ]
    if lawful:
        assert stage == lawful[0]
    elif stages:
        assert stage == stages[0]


@pytest.mark.parametrize(
    ("kind", "move", "expected"),
    [
        ("enter", Move(1, 2), True),
        ("enter", Move(None, 2), True),
        ("enter", Move(2, 1), False),
        ("enter", Move(2, 2), False),
        ("leave", Move(2, 1), True),
        ("leave", Move(2, None), True),
        ("leave", Move(None, 2), False),
        ("transition", Move(2, 3), True),
        ("transition", Move(2, None), True),
        ("transition", Move(None, 2), False),
        ("time_limit", Move(2, 3), False),
    ],
)
def test_which_moves_a_rule_has_a_say_in(kind, move, expected):
    assert touches(Rule(1, kind, "block", frozenset({2})), move) is expected


def test_emptying_the_stage_is_a_forbidden_way():
    rule = Rule(1, "transition", "block", frozenset({1}), next_stage_ids=frozenset({2}))

    assert judge_move([rule], Move(1, None), lambda _name: True) == (Finding(rule),)


def test_missing_fields_come_in_the_order_of_the_rule():
    rule = Rule(1, "enter", "block", frozenset({1}), field_names=("phone", "email", "name"))

    assert missing_fields(rule, {"email"}.__contains__) == ("phone", "name")


@pytest.mark.parametrize("value", [None, False, "", " \n\t", 0, 0.0, (), [], {}])
def test_empty_values(value):
    assert not is_filled(value)


@pytest.mark.parametrize("value", [True, "x", " x ", 1, -1, 0.01, (0,), date(2026, 3, 2)])
def test_filled_values(value):
    assert is_filled(value)


TODAY = date(2026, 3, 2)
SUBJECT = Subject(company_id=1, team_id=7, lead_type="opportunity")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), True),
        (Scope(company_id=1), True),
        (Scope(company_id=2), False),
        (Scope(team_ids=frozenset({7, 8})), True),
        (Scope(team_ids=frozenset({8})), False),
        (Scope(lead_type="opportunity"), True),
        (Scope(lead_type="lead"), False),
        (Scope(date_from=TODAY), True),
        (Scope(date_from=TODAY + timedelta(1)), False),
        (Scope(date_to=TODAY), True),
        (Scope(date_to=TODAY - timedelta(1)), False),
    ],
)
def test_whom_a_standard_speaks_to(scope, expected):
    assert is_in_scope(scope, SUBJECT, TODAY) is expected


def test_a_lead_without_company_or_team_is_reached_by_general_standards_only():
    nobody = Subject(company_id=None, team_id=None, lead_type="lead")

    assert is_in_scope(Scope(), nobody, TODAY)
    assert not is_in_scope(Scope(company_id=1), nobody, TODAY)
    assert not is_in_scope(Scope(team_ids=frozenset({7})), nobody, TODAY)
