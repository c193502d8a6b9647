"""What `./suite run` decides before it touches anything."""

from __future__ import annotations

import argparse

import pytest

from tools import addons, run
from tools.console import SuiteError


def arguments(*argv):
    parser = argparse.ArgumentParser()
    run.add_arguments(parser)
    return parser.parse_args(argv)


def manifest(name, version):
    return addons.Manifest(name, None, version, (), False, "", {})


KNOWN = {name: manifest(name, "19.0.1.2.0") for name in ("alpha", "beta")}


def test_defaults_are_one_database_on_odoo_s_own_port():
    args = arguments()

    assert (args.db, args.port, args.only, args.no_demo) == ("suite", 8069, None, False)


@pytest.mark.parametrize(
    "argv",
    [
        ("--db", "Suite"),
        ("--db", "1db"),
        ("--db", "postgres"),
        ("--db", "a" * 51),
        ("--db", 'x"; DROP TABLE y'),
        ("--db", "../up"),
        ("--port", "0"),
        ("--port", "65536"),
        ("--lang", "Russian"),
        ("--lang", "ru_RU,x"),
    ],
)
def test_arguments_that_cannot_work_are_refused_in_one_line(argv):
    with pytest.raises(SuiteError) as refusal:
        run.check_arguments(arguments(*argv))

    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("argv", [(), ("--db", "trial-2"), ("--lang", "ru_RU"), ("--port", "80")])
def test_lawful_arguments_pass(argv):
    run.check_arguments(arguments(*argv))


def test_second_start_has_nothing_to_do():
    digests = {"alpha": "1", "beta": "1"}
    installed = {"alpha": "19.0.1.2.0", "beta": "19.0.1.2.0", "crm": "19.0.1.9"}

    assert run.plan(["alpha", "beta"], installed, digests, digests) == ([], [])


def test_new_add_ons_are_installed_and_changed_ones_updated():
    installed = {"alpha": "19.0.1.2.0", "crm": "19.0.1.9"}

    assert run.plan(["alpha", "beta"], installed, {"alpha": "1"}, {"alpha": "2", "beta": "1"}) == (
        ["beta"],
        ["alpha"],
    )


def test_changed_add_on_outside_the_choice_is_updated_too():
    installed = {"alpha": "19.0.1.2.0", "beta": "19.0.1.2.0"}

    assert run.plan(["alpha"], installed, {"alpha": "1"}, {"alpha": "1", "beta": "2"}) == (
        [],
        ["beta"],
    )


def test_database_of_a_newer_version_is_refused():
    with pytest.raises(SuiteError, match=r"newer suite: beta 19\.0\.1\.10\.0"):
        run.refuse_newer("db", {"alpha": "19.0.1.2.0", "beta": "19.0.1.10.0"}, {}, KNOWN)


def test_database_with_an_add_on_unknown_here_is_refused():
    stamp = {"addons": {"gamma": "1"}}

    with pytest.raises(SuiteError, match="gamma"):
        run.refuse_newer("db", {"gamma": "19.0.1.0.0"}, stamp, KNOWN)


def test_older_database_and_foreign_modules_are_welcome():
    run.refuse_newer("db", {"alpha": "19.0.1.1.0", "theirs": "19.0.9.9.9"}, {}, KNOWN)
