"""Which answers are followed up, and whether judges were picked."""

from crm_surveys.logic import fairness, loop
from hypothesis import given
from hypothesis import strategies as st

METRICS = st.sampled_from(["nps", "csat", "ces"])
SAID = st.builds(
    loop.Said,
    st.integers(1, 3),
    st.dictionaries(METRICS, st.integers(0, 100)),
    st.frozensets(st.integers(1, 4)),
)
CONDITIONS = st.builds(
    loop.Condition,
    METRICS,
    st.sampled_from([loop.AT_MOST, loop.AT_LEAST]),
    st.integers(0, 100),
    st.frozensets(st.integers(1, 3), max_size=2),
    st.frozensets(st.integers(1, 4), max_size=2),
)


class Rule:
    def __init__(self, kind, condition):
        self.kind, self.condition = kind, condition


RULES = st.lists(st.builds(Rule, st.sampled_from("ab"), CONDITIONS), max_size=6)
ROWS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(0, 300)).map(sorted), min_size=1, max_size=6
)


@given(RULES, SAID)
def test_of_each_kind_the_first_rule_that_fits_is_chosen(rules, said):
    chosen = loop.choose(rules, said)

    for kind in "ab":
        fitting = [rule for rule in rules if rule.kind == kind and rule.condition.fits(said)]
        assert [rule for rule in chosen if rule.kind == kind] == fitting[:1]


@given(CONDITIONS, SAID)
def test_what_was_not_answered_fits_nothing(condition, said):
    if condition.metric not in said.values:
        assert not condition.fits(said)


@given(METRICS, st.integers(0, 100), st.integers(0, 100))
def test_at_most_and_at_least_leave_no_answer_out(metric, threshold, value):
    said = loop.Said(1, {metric: value})
    fits = [
        loop.Condition(metric, direction, threshold).fits(said)
        for direction in (loop.AT_MOST, loop.AT_LEAST)
    ]
    assert any(fits)
    assert all(fits) == (value == threshold)


@given(ROWS, st.integers(1, 30))
def test_nobody_stands_out_alone_or_with_few(rows, minimum):
    asked = [fairness.Asked(key, high, low) for key, (low, high) in enumerate(rows)]
    weighed = fairness.weigh(asked, minimum)

    assert [one.key for one in weighed] == [one.key for one in asked]
    assert len(asked) > 1 or weighed[0].verdict is None
    assert all(one.verdict is None for one in weighed if one.eligible < minimum)


@given(st.integers(10, 300), st.integers(1, 10), st.integers(1, 5))
def test_equal_shares_are_fair(eligible, part, people):
    asked = [fairness.Asked(key, eligible, eligible // part) for key in range(people + 1)]

    assert {one.verdict for one in fairness.weigh(asked, 10)} == {fairness.FAIR}


@given(
    st.floats(-100, 100),
    st.dictionaries(st.integers(1, 4), st.integers(1, 500), max_size=4),
    st.dictionaries(st.integers(1, 4), st.floats(-100, 100), max_size=4),
)
def test_a_fair_figure_lies_between_own_and_teams(own, counts, teams):
    found = fairness.fair_value(own, counts, teams)
    known = [teams[team] for team in counts if team in teams]

    assert (found is None) == (not known)
    if known:
        assert min(own, *known) - 1e-6 <= found <= max(own, *known) + 1e-6
