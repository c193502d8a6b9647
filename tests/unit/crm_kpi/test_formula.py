"""Formulas: read, refused with their place, and counted as an oracle counts."""

from fractions import Fraction
from itertools import pairwise

import pytest
from crm_kpi.logic.formula import (
    ARGUMENTS,
    CHARACTER,
    EMPTY,
    FUNCTION,
    MAX_DEPTH,
    MAX_LENGTH,
    TOO_DEEP,
    TOO_LONG,
    UNCLOSED,
    UNEXPECTED,
    Code,
    FormulaError,
    Number,
    Operation,
    codes,
    evaluate,
    find_cycle,
    in_order,
    parse,
)
from hypothesis import given
from hypothesis import strategies as st

NAMES = ("won", "lost", "money_in")
VALUES = st.fixed_dictionaries({name: st.none() | st.integers(-50, 50) for name in NAMES})


def written(depth):
    """Return texts of formulas and what an oracle of fractions makes of them."""
    leaves = st.integers(0, 9).map(lambda number: (str(number), lambda _: Fraction(number)))
    leaves |= st.sampled_from(NAMES).map(
        lambda name: (name, lambda values: None if values[name] is None else Fraction(values[name]))
    )
    return st.recursive(leaves, _compound, max_leaves=depth)


def _compound(part):
    pairs = st.tuples(st.sampled_from("+-*/"), part, part).map(_pair)
    calls = st.tuples(st.sampled_from(["min", "max", "percent"]), part, part).map(_called)
    minus = part.map(lambda one: (f"-({one[0]})", lambda v: _do(lambda x: -x, one[1](v))))
    return pairs | calls | minus


def _pair(spec):
    sign, (left, of_left), (right, of_right) = spec
    deeds = {
        "+": lambda x, y: x + y,
        "-": lambda x, y: x - y,
        "*": lambda x, y: x * y,
        "/": lambda x, y: x / y if y else None,
    }
    return f"({left}) {sign} ({right})", lambda v: _do(deeds[sign], of_left(v), of_right(v))


def _called(spec):
    name, (left, of_left), (right, of_right) = spec
    deeds = {"min": min, "max": max, "percent": lambda x, y: 100 * x / y if y else None}
    return f"{name}({left}, {right})", lambda v: _do(deeds[name], of_left(v), of_right(v))


def _do(deed, *operands):
    return None if None in operands else deed(*operands)


@given(written(8), VALUES)
def test_a_formula_is_what_fractions_make_of_it(formula, values):
    text, oracle = formula

    found, expected = evaluate(parse(text), values), oracle(values)

    if expected is None:
        # what floats cannot tell from zero is no value there, and a huge one here
        assert found is None or abs(found) > 1e9
    elif found is not None:
        assert found == pytest.approx(float(expected), rel=1e-6, abs=1e-6)


@given(st.text("abc019.+-*/(), %$_\n", max_size=60))
def test_any_text_is_read_or_refused_at_a_place_in_it(text):
    try:
        found = evaluate(parse(text), {"a": 1.0, "b": 0.0})
    except FormulaError as error:
        assert 0 <= error.position <= len(text)
    else:
        assert found is None or isinstance(found, float)


@pytest.mark.parametrize(
    ("text", "kind", "position"),
    [
        ("  ", EMPTY, 0),
        ("won + ", UNEXPECTED, 5),
        ("won lost", UNEXPECTED, 4),
        ("won + $", CHARACTER, 6),
        ("Won", CHARACTER, 0),
        ("2 * (won + 1", UNCLOSED, 4),
        ("min(1 2)", UNEXPECTED, 6),
        ("exec(won)", FUNCTION, 0),
        ("1 + percent(won)", ARGUMENTS, 4),
        ("1" * (MAX_LENGTH + 1), TOO_LONG, MAX_LENGTH),
        ("(" * (MAX_DEPTH + 5), TOO_DEEP, MAX_DEPTH),
        ("__import__", CHARACTER, 0),
        ("won.lost", CHARACTER, 3),
    ],
)
def test_a_formula_that_cannot_be_read_says_where(text, kind, position):
    with pytest.raises(FormulaError) as caught:
        parse(text)

    assert (caught.value.kind, caught.value.position) == (kind, position)


def test_signs_bind_as_in_school():
    assert parse("1 + won * 2") == Operation(
        "+", Number(1.0), Operation("*", Code("won"), Number(2.0))
    )
    assert evaluate(parse("10 - 4 - 3"), {}) == 3
    assert evaluate(parse("-2 * -(3)"), {}) == 6


@pytest.mark.parametrize("text", ["won / lost", "percent(won, lost)", "min(won, money_in)"])
def test_division_by_nothing_and_missing_values_are_no_value(text):
    assert evaluate(parse(text), {"won": 5.0, "lost": 0.0, "money_in": None}) is None


def test_a_number_too_large_is_no_value():
    assert evaluate(parse("won * won"), {"won": 1e300}) is None
    assert evaluate(parse("won"), {"won": float("nan")}) is None


def test_codes_of_a_formula_are_those_it_reads():
    assert codes(parse("percent(won, won + lost) - -min(3, paid)")) == {"won", "lost", "paid"}


GRAPHS = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdefg"), max_size=3), max_size=6
)


@given(GRAPHS)
def test_there_is_an_order_exactly_where_there_is_no_cycle(graph):
    cycle = find_cycle(graph)

    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(to in graph[name] for name, to in pairwise(cycle))
    else:
        order = in_order(graph)
        assert sorted(order) == sorted(graph)
        for name in graph:
            known = [read for read in graph[name] if read in graph]
            assert all(order.index(read) < order.index(name) for read in known)


def test_a_long_chain_needs_no_stack():
    graph = {f"n{number}": [f"n{number + 1}"] for number in range(5000)}

    assert find_cycle(graph) == ()
