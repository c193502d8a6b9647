"""`./suite clean` removes what the suite has made, and nothing else."""

from __future__ import annotations

import argparse
import fcntl

import pytest

from tools import clean, cluster, server
from tools.console import SuiteError


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A SUITE_HOME with something of the suite and something of somebody else in each part."""
    monkeypatch.setenv("SUITE_HOME", str(tmp_path))
    monkeypatch.delenv("PGHOST", raising=False)
    for folder in ("cache/venv", "cache/theirs", "state/log"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "file").write_text("x")
    return tmp_path


def arguments(*argv):
    parser = argparse.ArgumentParser()
    clean.add_arguments(parser)
    return parser.parse_args(argv)


def names(home):
    """Files there are, without the lock's."""
    files = (file.relative_to(home) for file in home.rglob("*") if file.is_file())
    return sorted(str(file) for file in files if file.name != "lock")


@pytest.fixture
def attachments(home):
    """File stores of four databases, and sessions."""
    data = home / "state" / "data"
    for folder in ("ours", "theirs", "both", "unknown"):
        (data / "filestore" / folder).mkdir(parents=True)
    (data / "sessions").mkdir()
    return data


def stores(attachments):
    return sorted(store.name for store in (attachments / "filestore").iterdir())


@pytest.fixture
def databases(monkeypatch):
    """Say what databases the private cluster and the server of PGHOST have."""

    def say(ours, theirs):
        monkeypatch.setattr(clean, "private_databases", lambda: ours)
        monkeypatch.setattr(clean, "foreign_databases", lambda: theirs)

    return say


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


def test_attachments_of_databases_that_stay_are_kept(attachments, databases, capsys):
    databases({"ours", "both"}, {"theirs", "both"})

    assert clean.main(arguments("--yes")) == 0

    assert stores(attachments) == ["both", "theirs", "unknown"]
    assert not (attachments / "sessions").exists()
    assert f"stays  {attachments / 'filestore' / 'theirs'}" in "".join(capsys.readouterr())


@pytest.mark.parametrize(("ours", "theirs"), [(None, set()), ({"ours"}, None)])
def test_all_attachments_are_kept_when_a_server_cannot_say(attachments, databases, ours, theirs):
    databases(ours, theirs)

    clean.main(arguments("--yes"))

    assert stores(attachments) == ["both", "ours", "theirs", "unknown"]


def test_attachments_go_when_all_their_databases_go(attachments, databases):
    databases({"ours", "theirs", "both", "unknown", "without-attachments"}, set())

    clean.main(arguments("--yes"))

    assert not attachments.exists()


def test_the_private_cluster_is_no_foreign_server(home, monkeypatch):
    monkeypatch.setenv("PGHOST", str(cluster.socket_dir()))

    assert clean.foreign_databases() == set()


def test_a_server_that_does_not_answer_cannot_say(home, monkeypatch):
    monkeypatch.setenv("PGHOST", str(home / "nothing"))

    assert clean.foreign_databases() is None


def test_nobody_sets_things_up_meanwhile(home, monkeypatch):
    (home / "state" / "run").mkdir()
    held = []

    def all_running():
        with (home / "state" / "lock").open("w") as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held.append(True)
        return []

    monkeypatch.setattr(server, "all_running", all_running)

    clean.main(arguments("--yes"))

    assert held == [True]


def test_what_is_gone_is_not_listed_again(home, capsys):
    clean.main(arguments("--yes"))
    clean.main(arguments("--yes"))

    assert "Nothing to remove." in "".join(capsys.readouterr())


def test_hard_links_count_once(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 10_000)
    before = clean.size(tmp_path)
    (tmp_path / "b").hardlink_to(tmp_path / "a")

    assert clean.size(tmp_path) == before
