"""`./suite clean` removes what the suite has made, and nothing else."""

from __future__ import annotations

import argparse

import pytest

from tools import clean
from tools.console import SuiteError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A SUITE_HOME with something of the suite and something of somebody else in each part."""
    monkeypatch.setenv("SUITE_HOME", str(tmp_path))
    for folder in ("cache/venv", "cache/theirs", "state/log"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "file").write_text("x")
    return tmp_path


def arguments(*argv):
    parser = argparse.ArgumentParser()
    clean.add_arguments(parser)
    return parser.parse_args(argv)


def names(home):
    return sorted(str(file.relative_to(home)) for file in home.rglob("*") if file.is_file())


def test_what_belongs_to_others_stays(home):
    assert clean.main(arguments("--yes")) == 0

    assert names(home) == ["cache/theirs/file"]


def test_cache_can_be_kept(home):
    clean.main(arguments("--yes", "--keep-cache"))

    assert names(home) == ["cache/theirs/file", "cache/venv/file"]


def test_nothing_is_removed_when_nobody_can_answer(home, monkeypatch):
    monkeypatch.setattr(clean.sys.stdin, "isatty", lambda: False, raising=False)

    with pytest.raises(SuiteError, match="--yes"):
        clean.main(arguments())

    assert len(names(home)) == 3


@pytest.mark.parametrize(("answer", "left"), [("", 3), ("n", 3), ("Y", 1), ("yes", 1)])
def test_a_person_is_asked(home, monkeypatch, answer, left):
    monkeypatch.setattr(clean.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)

    clean.main(arguments())

    assert len(names(home)) == left


def test_hard_links_count_once(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10_000)
    before = clean.size(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")

    assert clean.size(tmp_path) == before
