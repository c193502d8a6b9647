"""Which ways a route map draws, and how it calls them."""

from crm_standards.logic.gate import Rule
from crm_standards.logic.route_map import crowded_stage, draw_ways, judge_way
from hypothesis import given
from hypothesis import strategies as st

STAGES = (1, 2, 3, 4)
stages = st.frozensets(st.sampled_from(STAGES), min_size=1)
rules = st.lists(
    st.builds(
        Rule,
        id=st.integers(1, 9),
        kind=st.just("transition"),
        strength=st.sampled_from(["advise", "record", "block"]),
        stage_ids=stages,
        next_stage_ids=stages,
        domain=st.sampled_from(["", "[('id', '>', 1)]"]),
    ),
    max_size=4,
)
moves = st.dictionaries(
    st.tuples(st.sampled_from(STAGES), st.sampled_from(STAGES)), st.integers(1, 50), max_size=6
)


def transition(stage, *following, **values):
    """A transition rule from one stage."""
    return Rule(
        id=values.pop("id", 1),
        kind="transition",
        strength=values.pop("strength", "block"),
        stage_ids=frozenset([stage]),
        next_stage_ids=frozenset(following),
        **values,
    )


def test_way_no_rule_speaks_of_is_free():
    assert judge_way(1, 2, [transition(3, 4)]).verdict == "free"


def test_one_rule_against_is_enough_and_the_strictest_counts():
    rules = [transition(1, 2), transition(1, 3, strength="advise"), transition(1, 4)]

    edge = judge_way(1, 2, rules)

    assert (edge.verdict, edge.strength) == ("forbidden", "block")


def test_unconditional_rule_decides_for_every_deal():
    rules = [transition(1, 3, domain="[('id', '>', 1)]"), transition(1, 3)]

    assert not judge_way(1, 2, rules).is_conditional
    assert judge_way(1, 2, rules[:1]).is_conditional


@given(rules, moves)
def test_every_move_that_happened_is_drawn_once(found, taken):
    drawn = draw_ways(STAGES, found, taken)

    pairs = [(edge.source, edge.target) for edge in drawn]
    assert len(pairs) == len(set(pairs))
    assert {pair for pair in taken if pair[0] != pair[1]} <= set(pairs)
    assert all(edge.moves for edge in drawn if edge.verdict == "forbidden")


@given(st.dictionaries(st.sampled_from(STAGES), st.integers(0, 20)))
def test_crowd_is_half_of_the_deals(counts):
    crowded = crowded_stage(counts)

    if crowded is None:
        total = sum(counts.values())
        assert total < 2 or max(counts.values()) * 2 < total
    else:
        assert counts[crowded] * 2 >= sum(counts.values())
