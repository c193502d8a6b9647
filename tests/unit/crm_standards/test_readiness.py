"""The panel's look ahead agrees with the gate."""

from crm_standards.logic.gate import Move, Rule, judge_move, refused
from crm_standards.logic.readiness import light, look_ahead
from hypothesis import given
from hypothesis import strategies as st

from .test_gate import STAGES, filled_sets, rules

PIPELINE = [1, 2, 3, 4, 5, 6]


@given(st.lists(rules()), STAGES, filled_sets)
def test_a_way_is_blocked_exactly_where_the_gate_refuses(law, stage, filled):
    for way in look_ahead(law, stage, PIPELINE, filled.__contains__).ways:
        findings = judge_move(law, Move(stage, way.stage), filled.__contains__)

        assert (way.light == "blocked") == bool(refused(findings))
        assert way.findings == findings


@given(st.lists(rules()), STAGES, filled_sets)
def test_every_other_stage_is_a_way_in_order(law, stage, filled):
    ways = look_ahead(law, stage, PIPELINE, filled.__contains__).ways

    assert [way.stage for way in ways] == [other for other in PIPELINE if other != stage]


@given(st.lists(rules()), STAGES, filled_sets)
def test_what_is_missing_is_asked(law, stage, filled):
    for way in look_ahead(law, stage, PIPELINE, filled.__contains__).ways:
        missing = {finding.rule for finding in way.findings if finding.missing}

        assert missing <= set(way.asked)


def test_light_is_the_strictest_consequence():
    advise, record = (
        Rule(1, "enter", strength, frozenset({2}), ("name",)) for strength in ("advise", "record")
    )

    assert light(judge_move([advise, record], Move(1, 2), lambda _name: False)) == "recorded"
    assert light(()) == "open"
