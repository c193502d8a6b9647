"""Formulas over measures: a grammar so small that all it can do is arithmetic.

    sum     = product, {("+" | "-"), product}
    product = factor, {("*" | "/"), factor}
    factor  = "-", factor | number | code | "(", sum, ")" | call
    call    = ("min" | "max" | "percent"), "(", sum, {",", sum}, ")"

A value that is missing, a division by nothing and a number too large to be held are all None, "no
value", and so is whatever is counted from it: never 0, which would be a statement about people.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

#: Longer and deeper ones nobody could read, and Python's stack could not hold.
MAX_LENGTH = 500
MAX_DEPTH = 30

EMPTY, TOO_LONG, TOO_DEEP = "empty", "too_long", "too_deep"
CHARACTER, UNEXPECTED, UNCLOSED = "character", "unexpected", "unclosed"
FUNCTION, ARGUMENTS = "function", "arguments"

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*)|([-+*/(),]))")
#: How many arguments a function takes, at least and at most.
FUNCTIONS = {"min": (1, 20), "max": (1, 20), "percent": (2, 2)}


class FormulaError(ValueError):
    """A formula that cannot be read: what is wrong, where (from 0) and what stands there."""

    def __init__(self, kind: str, position: int, found: str = "") -> None:
        super().__init__(f"{kind} at {position}: {found!r}")
        self.kind = kind
        self.position = position
        self.found = found


@dataclass(frozen=True)
class Number:
    """A number as it is written."""

    value: float


@dataclass(frozen=True)
class Code:
    """The value of a measure or of another indicator."""

    name: str


@dataclass(frozen=True)
class Negative:
    """What stands behind a minus."""

    operand: Node


@dataclass(frozen=True)
class Operation:
    """Two values and what is done with them: ``+ - * /``."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    """A function over values: ``min``, ``max``, or ``percent`` (a part, of a whole)."""

    function: str
    arguments: tuple[Node, ...]


Node = Number | Code | Negative | Operation | Call


@dataclass(frozen=True)
class _Token:
    """A word of a formula, where it stands and what it is."""

    text: str
    position: int
    kind: str  # number, name, sign, end


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if not match:
            blank = len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(CHARACTER, position + blank, text[position + blank])
        kind = ("number", "name", "sign")[match.lastindex - 1]
        yield _Token(match[match.lastindex], match.start(match.lastindex), kind)
        position = match.end()
    yield _Token("", end, "end")


class _Parser:
    """Reads a formula from left to right, one token ahead."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.index = 0
        self.depth = 0

    @property
    def _next(self) -> _Token:
        return self.tokens[self.index]

    def _take(self) -> _Token:
        token = self._next
        self.index += 1
        return token

    def read(self) -> Node:
        """Return what the whole text says."""
        node = self._sum()
        if self._next.kind != "end":
            raise FormulaError(UNEXPECTED, self._next.position, self._next.text)
        return node

    def _sum(self) -> Node:
        return self._chain("+-", self._product)

    def _product(self) -> Node:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: Callable[[], Node]) -> Node:
        node = part()
        while self._next.kind == "sign" and self._next.text in signs:
            node = Operation(self._take().text, node, part())
        return node

    def _factor(self) -> Node:
        token = self._take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FormulaError(TOO_DEEP, token.position, token.text)
        if token.kind == "number":
            node: Node = Number(float(token.text))
        elif token.kind == "name":
            node = self._call(token) if self._next.text == "(" else Code(token.text)
        elif token.text == "-":
            node = Negative(self._factor())
        elif token.text == "(":
            node = self._sum()
            self._close(token)
        else:
            raise FormulaError(UNEXPECTED, token.position, token.text)
        self.depth -= 1
        return node

    def _call(self, name: _Token) -> Node:
        if name.text not in FUNCTIONS:
            raise FormulaError(FUNCTION, name.position, name.text)
        opening = self._take()
        arguments = [self._sum()]
        while self._next.text == ",":
            self._take()
            arguments.append(self._sum())
        self._close(opening)
        least, most = FUNCTIONS[name.text]
        if not least <= len(arguments) <= most:
            raise FormulaError(ARGUMENTS, name.position, name.text)
        return Call(name.text, tuple(arguments))

    def _close(self, opening: _Token) -> None:
        if self._next.text == ")":
            self._take()
        elif self._next.kind == "end":
            raise FormulaError(UNCLOSED, opening.position, "(")
        else:
            raise FormulaError(UNEXPECTED, self._next.position, self._next.text)


def parse(text: str) -> Node:
    """Return what a formula says.

    :raise FormulaError: it cannot be read
    """
    if not text.strip():
        raise FormulaError(EMPTY, 0)
    if len(text) > MAX_LENGTH:
        raise FormulaError(TOO_LONG, MAX_LENGTH)
    return _Parser(text).read()


def codes(node: Node) -> frozenset[str]:
    """Return the codes a formula reads."""
    match node:
        case Code(name):
            return frozenset({name})
        case Negative(operand):
            return codes(operand)
        case Operation(_, left, right):
            return codes(left) | codes(right)
        case Call(_, arguments):
            return frozenset().union(*map(codes, arguments))
    return frozenset()


def evaluate(node: Node, values: Mapping[str, float | None]) -> float | None:
    """Return the value of a formula, or None where there is none."""
    match node:
        case Number(value):
            return value
        case Code(name):
            return _held(values.get(name))
        case Negative(operand):
            value = evaluate(operand, values)
            return None if value is None else -value
        case Operation(sign, left, right):
            return _operate(sign, evaluate(left, values), evaluate(right, values))
        case Call(function, arguments):
            found = [evaluate(argument, values) for argument in arguments]
            known = [value for value in found if value is not None]
            if len(known) < len(found):
                return None
            if function == "percent":
                return _operate("*", 100.0, _operate("/", *known))
            return min(known) if function == "min" else max(known)
    raise TypeError(node)


def _operate(sign: str, left: float | None, right: float | None) -> float | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return _held(left + right)
        case "-":
            return _held(left - right)
        case "*":
            return _held(left * right)
    return _held(left / right)


def _held(value: float | None) -> float | None:
    """What is no number any more is no value."""
    return None if value is None or not math.isfinite(value) else value


def find_cycle(graph: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return names that lead back to where they began, as ``("a", "b", "a")``, or nothing.

    :param graph: names each name reads; names outside it lead nowhere
    """
    done: set[str] = set()
    for start in sorted(graph):
        # an own stack: chains of indicators may be longer than Python's
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in done:
            path, stack = [start], [(start, iter(sorted(graph[start])))]
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done.add(name)
                stack.pop()
                path.pop()
            elif following in path:
                return (*path[path.index(following) :], following)
            elif following in graph and following not in done:
                path.append(following)
                stack.append((following, iter(sorted(graph[following]))))
    return ()


def in_order(graph: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the names so that each comes after those it reads. There must be no cycle."""
    left = {name: {read for read in reads if read in graph} for name, reads in graph.items()}
    found: list[str] = []
    while left:
        ready = sorted(name for name, reads in left.items() if not reads & left.keys())
        if not ready:
            raise ValueError(f"a cycle: {find_cycle(graph)}")
        found += ready
        for name in ready:
            del left[name]
    return tuple(found)
