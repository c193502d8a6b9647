"""The directory of the private cluster's socket: nobody else has made it, nobody else enters it."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from tools import cluster
from tools.console import SuiteError

ME = pwd.getpwuid(os.geteuid())
OTHER = pwd.struct_passwd(("other", "x", ME.pw_uid + 1, ME.pw_gid + 1, "", "/", "/bin/false"))


@pytest.fixture
def given(monkeypatch):
    """What was given away: (path, user, group)."""
    calls = []

    def chown(path, uid, gid, *, follow_symlinks=True):
        assert not follow_symlinks
        calls.append((path, uid, gid))

    monkeypatch.setattr(os, "chown", chown)
    return calls


def mode(path):
    return path.stat().st_mode & 0o777


def test_new_directory_is_private(tmp_path, given):
    socket = tmp_path / "new" / "run"

    cluster.make_socket_dir(socket, ME)

    assert mode(socket) == 0o700
    assert given == []


def test_new_directory_is_given_to_the_servers_user(tmp_path, given):
    cluster.make_socket_dir(tmp_path / "run", OTHER)

    assert given == [(tmp_path / "run", OTHER.pw_uid, OTHER.pw_gid)]


def test_directory_of_an_earlier_start_is_used_again(tmp_path, given):
    (tmp_path / "run").mkdir(mode=0o700)

    cluster.make_socket_dir(tmp_path / "run", ME)

    assert given == []


@pytest.mark.parametrize("rights", [0o750, 0o701, 0o777, 0o1777])
def test_directory_that_others_may_enter_is_refused_untouched(tmp_path, given, rights):
    socket = tmp_path / "run"
    socket.mkdir()
    socket.chmod(rights)

    with pytest.raises(SuiteError, match="other users"):
        cluster.make_socket_dir(socket, OTHER)

    assert mode(socket) == rights & 0o777
    assert given == []


def test_directory_of_somebody_else_is_refused_untouched(tmp_path, given, monkeypatch):
    socket = tmp_path / "run"
    socket.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: OTHER.pw_uid)

    with pytest.raises(SuiteError, match="belongs to another user"):
        cluster.make_socket_dir(socket, OTHER)

    assert given == []


@pytest.mark.parametrize("target", ["private", "missing", "file"])
def test_link_and_file_are_refused_unfollowed(tmp_path, given, target):
    (tmp_path / "private").mkdir(mode=0o700)
    (tmp_path / "file").touch()
    socket = tmp_path / "run"
    socket.symlink_to(tmp_path / target)

    with pytest.raises(SuiteError, match="not a directory"):
        cluster.make_socket_dir(socket, OTHER)

    assert given == []
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("state", "is_cut"),
    [("shut down", False), ("in production", True), ("in crash recovery", True)],
)
def test_server_that_was_killed_is_told_from_one_that_was_stopped(monkeypatch, state, is_cut):
    facts = f"pg_control version number:  1300\nDatabase cluster state:      {state}\n"
    monkeypatch.setattr(cluster, "as_owner", lambda command: facts)

    assert cluster.was_cut_short(Path("/bin")) is is_cut
