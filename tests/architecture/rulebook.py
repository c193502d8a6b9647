"""What a rule is, what a breach is, and the list of all rules.

A rule is a generator function over the repository; `@rule` puts it on the list under an id that
waivers and samples refer to. Its docstring is the sentence a developer reads when it is broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .tree import Repository

Finding = tuple[Path, int, str]  # file, line (0: the whole file), what is wrong there
Checker = Callable[[Repository], Iterator[Finding]]
RULES: dict[str, Checker] = {}


@dataclass(frozen=True)
class Breach:
    """One place where one rule is broken."""

    rule: str
    path: str  # relative to the repository, with slashes
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message} [{self.rule}]"


def rule(identifier: str) -> Callable[[Checker], Checker]:
    """Put a checker on the list of rules."""

    def register(checker: Checker) -> Checker:
        assert identifier not in RULES, f"two rules are called {identifier}"
        RULES[identifier] = checker
        return checker

    return register


def breaches(identifier: str, repository: Repository) -> list[Breach]:
    """Where the rule is broken, in reading order."""
    found = {
        Breach(identifier, path.relative_to(repository.root).as_posix(), line, message)
        for path, line, message in RULES[identifier](repository)
    }
    return sorted(found, key=lambda breach: (breach.path, breach.line, breach.message))
