"""Judging by values: live, kept in JSON, tried and explained are the same."""

import json

from crm_kpi.logic import explain, judge, trial
from crm_kpi.logic.book import Book, Entry, adjust, dump, evaluate, load
from crm_kpi.logic.score import LESS, MORE, RANGE, Goal, Rung, find_fault, normalize
from crm_kpi.logic.tally import Tally, add, value
from hypothesis import assume, given
from hypothesis import strategies as st

AMOUNTS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda number: round(number, 3))
AGGREGATES = st.sampled_from(["count", "sum", "avg", "share", "count_distinct", "duration"])


@st.composite
def goals(draw):
    low, middle, high = sorted(draw(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS)))
    direction = draw(st.sampled_from([MORE, LESS, RANGE]))
    if direction == LESS:
        low, high = high, low
    goal = Goal(
        target=middle,
        minimum=low,
        stretch=draw(st.sampled_from([None, high])),
        direction=direction,
        cap=draw(st.sampled_from([100.0, 120.0, 200.0])),
        upper=max(low, middle, high),
        tolerance=abs(draw(AMOUNTS)),
    )
    assume(find_fault(goal) is None)
    return goal


@st.composite
def plans(draw):
    count = draw(st.integers(1, 6))
    lines = []
    for key in range(1, count + 1):
        parents = [line.key for line in lines if line.indicator is None]
        is_group = draw(st.booleans()) and key < count
        lines.append(
            judge.Line(
                key,
                draw(st.sampled_from([None, *parents])),
                draw(st.sampled_from([0.0, 1.0, 2.5])),
                None if is_group else f"code{key}",
            )
        )
    rungs = tuple(Rung(score, score * 10) for score in draw(st.sets(st.integers(0, 120))))
    return judge.Plan(tuple(lines), 70.0, 90.0, draw(st.sampled_from(["steps", "linear"])), rungs)


def through_json(kept):
    """Return what a database gives back."""
    return json.loads(json.dumps(kept))


@given(plans(), st.data())
def test_what_was_kept_judges_as_before(plan, data):
    codes = [line.indicator for line in plan.lines if line.indicator]
    aims = {
        code: judge.Aim(data.draw(goals()), number)
        for number, code in enumerate(codes)
        if data.draw(st.booleans())
    }
    values = {code: data.draw(st.none() | AMOUNTS) for code in codes}

    kept_plan = judge.load_plan(through_json(judge.dump_plan(plan)))
    kept_aims = judge.load_aims(through_json(judge.dump_aims(aims)))

    assert (kept_plan, kept_aims) == (plan, aims)
    assert judge.judge(kept_plan, kept_aims, values) == judge.judge(plan, aims, values)


@given(plans(), st.data())
def test_points_of_indicators_add_up_to_the_score(plan, data):
    codes = [line.indicator for line in plan.lines if line.indicator]
    aims = {code: judge.Aim(data.draw(goals()), 1) for code in codes}
    values = {code: data.draw(st.none() | AMOUNTS) for code in codes}

    found = judge.judge(plan, aims, values)

    leaves = {line.key for line in plan.lines if line.indicator}
    points = [line.points for line in found.lines if line.line_id in leaves and line.points]
    assert abs(sum(points) - (found.score or 0.0)) < 1e-6


def test_a_digest_is_the_same_for_the_same_values_only():
    one = judge.digest({"b": 1, "a": [1.0, None, True]}, "x")

    assert one == judge.digest({"a": (1, None, True), "b": 1.0}, "x")
    assert one != judge.digest({"a": [1.0, None, 1], "b": 1}, "x")
    assert one != judge.digest({"b": 1, "a": [1.0, None, True]}, "", "x")
    assert judge.digest(-0.0) == judge.digest(0)


@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 3)), max_size=5), AMOUNTS, st.integers(0, 4))
def test_more_work_is_counted_as_if_it_were_done(done, worth, number):
    def tally(parts):
        expanded = [part for part, times in parts for _time in range(times)]
        return Tally(
            sum(expanded),
            len(expanded),
            len(expanded),
            min(expanded, default=None),
            max(expanded, default=None),
        )

    before, after = tally(done), tally([*done, (worth, number)])
    for aggregate in ("sum", "avg", "min", "max", "count_distinct", "duration"):
        found, told = (
            value(aggregate, add(aggregate, before, number, worth)),
            value(aggregate, after),
        )
        assert (found is None) == (told is None)
        assert found is None or abs(found - told) < 1e-3


def test_nothing_counted_is_0_but_the_mean_of_nothing_is_no_value():
    assert [value(name, Tally()) for name in ("sum", "count", "first_ever")] == [0, 0, 0]
    assert [value(name, Tally()) for name in ("avg", "share", "min", "duration")] == [None] * 4


BOOK = Book(
    (Entry("sold", "worth", None), Entry("mean", None, "worth / leads")),
    {"worth": "sum", "leads": "count"},
)


def test_a_book_reads_measures_and_indicators():
    tallies = {"worth": Tally(300, 3, 0), "leads": Tally(3, 3, 0)}

    assert evaluate(load(through_json(dump(BOOK))), tallies) == {"sold": 300, "mean": 100}
    assert evaluate(BOOK, {"leads": Tally(3, 3)}) == {"sold": None, "mean": None}
    assert adjust({"sold": 1.0, "mean": None}, {"sold": 2.0, "mean": 2.0}) == {
        "sold": 3.0,
        "mean": None,
    }


def test_the_next_step_is_found_if_it_can_be_reached():
    plan = judge.Plan(
        (judge.Line(1, None, 1.0, "sold"),), 70.0, 90.0, "steps", (Rung(50, 10), Rung(100, 20))
    )
    ground = trial.Ground(
        plan,
        BOOK,
        {"sold": judge.Aim(Goal(target=1000), 1)},
        {"worth": Tally(100, 1), "leads": Tally(1, 1)},
        {},
    )
    now = trial.stand(ground)

    assert (now.score, trial.next_rung(ground, now)) == (10, 50)
    assert trial.how_many(ground, trial.Deed(1, 150, frozenset({"worth"})), 50) == 3
    assert trial.how_many(ground, trial.Deed(1, 0, frozenset({"worth"})), 50) is None


@given(goals(), st.none() | AMOUNTS)
def test_what_is_explained_is_what_was_reckoned(goal, number):
    score, place = normalize(number, goal), explain.place(number, goal)
    if place.kind == explain.NO_VALUE:
        assert score is None
    elif place.kind == explain.WORSE:
        assert score == 0
    elif place.kind == explain.CAPPED:
        assert score == place.high_score
    elif place.kind == explain.INSIDE:
        assert score == 100
    elif place.kind == explain.OUTSIDE:
        told = 100 * (1 - place.low / place.high) if place.high else 0.0
        assert abs(score - max(0.0, told)) < 1e-6
    else:
        rise = (number - place.low) / (place.high - place.low)
        told = place.low_score + (place.high_score - place.low_score) * rise
        assert abs(score - told) < 1e-6 * max(1.0, abs(told))


def test_a_formula_is_shown_with_its_numbers():
    words = {"won": "3", "leads_new": "12"}

    assert explain.substitute("percent(won, leads_new) + other", words) == "percent(3, 12) + other"
    assert explain.get_codes("won / (") == frozenset()
