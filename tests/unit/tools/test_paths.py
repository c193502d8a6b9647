"""Where the cache and the state of the suite lie."""

from __future__ import annotations

import os
from pathlib import Path

from tools import paths

HOME = Path("/home/ann")


def test_root_uses_directories_that_the_user_postgres_can_enter():
    assert paths.choose_dirs({}, True, Path("/root")) == (
        Path("/var/cache/crm-suite"),
        Path("/var/lib/crm-suite"),
    )


def test_a_user_gets_the_standard_directories_of_the_home():
    assert paths.choose_dirs({}, False, HOME) == (
        HOME / ".cache/crm-suite",
        HOME / ".local/state/crm-suite",
    )


def test_xdg_variables_are_respected():
    environ = {"XDG_CACHE_HOME": "/c", "XDG_STATE_HOME": "/s"}

    assert paths.choose_dirs(environ, False, HOME) == (Path("/c/crm-suite"), Path("/s/crm-suite"))


def test_suite_home_holds_both_also_for_root():
    environ = {"SUITE_HOME": "/big/disk", "XDG_CACHE_HOME": "/c"}

    for is_root in (True, False):
        assert paths.choose_dirs(environ, is_root, HOME) == (
            Path("/big/disk/cache"),
            Path("/big/disk/state"),
        )


def test_short_socket_directory_is_kept():
    assert paths.choose_socket_dir({}, Path("/var/lib/pg"), 0) == Path("/var/lib/pg")


def test_long_socket_directory_moves_to_a_short_one_of_this_user():
    long = Path("/home") / ("x" * 100)

    fallback = paths.choose_socket_dir({}, long, 1000)

    assert len(os.fsencode(str(fallback) + paths.SOCKET_NAME)) <= paths.SOCKET_LIMIT
    assert fallback.name.endswith("-1000")
    assert fallback != paths.choose_socket_dir({}, long / "other", 1000)


def test_runtime_directory_of_the_session_is_preferred_for_a_long_path():
    long = Path("/home") / ("x" * 100)

    fallback = paths.choose_socket_dir({"XDG_RUNTIME_DIR": "/run/user/1000"}, long, 1000)

    assert fallback.parent == Path("/run/user/1000")


def test_path_is_measured_in_bytes_not_letters():
    cyrillic = Path("/home") / ("я" * 60)

    assert paths.choose_socket_dir({}, cyrillic, 1000) != cyrillic
