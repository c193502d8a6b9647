"""The rules of the house hold in this repository, and each of them is able to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import rules as _rules  # noqa: F401  importing it fills the rulebook
from .rulebook import RULES, breaches
from .samples import BROKEN, SOUND
from .tree import Repository
from .waivers import WAIVERS

ROOT = Path(__file__).resolve().parents[2]


def build(root: Path, *layers: dict[str, str]) -> Repository:
    """A small repository on disk; later layers replace files of earlier ones."""
    for layer in layers:
        for name, text in layer.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return Repository(root)


@pytest.fixture(scope="session")
def repository() -> Repository:
    return Repository(ROOT)


@pytest.mark.parametrize("identifier", sorted(RULES))
def test_rule_holds(repository: Repository, identifier: str) -> None:
    found = [
        breach
        for breach in breaches(identifier, repository)
        if (identifier, breach.path) not in WAIVERS
    ]

    if found:
        why = " ".join((RULES[identifier].__doc__ or "").split())
        pytest.fail("\n  ".join([why, *map(str, found)]), pytrace=False)


@pytest.mark.parametrize(("identifier", "files"), BROKEN)
def test_rule_can_fail(tmp_path: Path, identifier: str, files: dict[str, str]) -> None:
    assert breaches(identifier, build(tmp_path, SOUND, files))


@pytest.mark.parametrize("identifier", sorted(RULES))
def test_rule_accepts_a_sound_repository(tmp_path: Path, identifier: str) -> None:
    assert breaches(identifier, build(tmp_path, SOUND)) == []


def test_every_rule_has_a_sample_that_breaks_it() -> None:
    assert set(RULES) == {identifier for identifier, _files in BROKEN}


def test_every_waiver_is_needed_and_gives_a_reason(repository: Repository) -> None:
    for (identifier, path), reason in WAIVERS.items():
        assert len(reason.split()) > 3, f"say why: {identifier} in {path}"
        assert path in {breach.path for breach in breaches(identifier, repository)}
