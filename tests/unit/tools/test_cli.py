"""The door itself: help, one-line errors, exit codes, fitting Pythons."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys

import pytest

from tools import cli, paths, stop
from tools.console import SuiteError


@pytest.fixture
def suite():
    """The script `suite` as a module."""
    loader = importlib.machinery.SourceFileLoader("suite_script", str(paths.REPO / "suite"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("argv", [[], ["--help"]])
def test_help_names_every_verb_with_its_line(argv, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(argv)

    text = " ".join(capsys.readouterr().out.split())  # long lines are wrapped
    assert end.value.code == 0
    for verb in cli.VERBS:
        title, _ = cli.describe(verb)
        assert not title or f"{verb} {title.rstrip('.')}" in text


def test_verb_that_a_checkout_lacks_is_left_out():
    assert cli.describe("fly") == ("", "")


def test_unknown_verb_is_refused(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["fly"])

    assert end.value.code == 2
    assert "fly" in capsys.readouterr().err


def fail_with(error, monkeypatch, capsys):
    def main(_args):
        raise error

    monkeypatch.setattr(stop, "main", main)
    return cli.main(["stop"]), capsys.readouterr().err


def test_expected_error_is_one_line(monkeypatch, capsys):
    code, text = fail_with(SuiteError("no disk space"), monkeypatch, capsys)

    assert (code, text) == (1, "suite: no disk space\n")


def test_interruption_says_how_to_go_on(monkeypatch, capsys):
    code, text = fail_with(KeyboardInterrupt(), monkeypatch, capsys)

    assert code == 130
    assert "goes on from here" in text


def test_unexpected_error_is_one_line_and_its_traceback_is_in_the_log(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setattr(cli.paths, "log_dir", lambda: tmp_path)
    monkeypatch.delenv("SUITE_DEBUG", raising=False)

    code, text = fail_with(ZeroDivisionError("oh"), monkeypatch, capsys)

    assert code == 1
    assert len(text.splitlines()) == 1
    assert "Traceback" in (tmp_path / "errors.log").read_text()


@pytest.mark.parametrize(
    ("version", "fits"), [((3, 9), False), ((3, 10), True), ((3, 13), True), ((3, 14), False)]
)
def test_python_must_be_one_that_odoo_runs_on(suite, version, fits):
    assert suite.fits(version) is fits


def test_wrong_python_goes_on_with_a_fitting_one_on_path(suite, monkeypatch):
    monkeypatch.delenv("SUITE_PYTHON", raising=False)
    monkeypatch.setattr(suite.sys, "version_info", (3, 14, 0))
    monkeypatch.setattr(suite, "version_of", {"python3.12": (3, 12)}.get)

    assert suite.find_python() == "python3.12"


def test_wrong_python_alone_is_an_error_that_names_the_way_out(suite, monkeypatch):
    monkeypatch.delenv("SUITE_PYTHON", raising=False)
    monkeypatch.setattr(suite.sys, "version_info", (3, 9, 2))
    monkeypatch.setattr(suite, "version_of", lambda _python: None)

    with pytest.raises(SystemExit, match=r"Python 3\.10-3\.13 needed, this is 3\.9.*SUITE_PYTHON"):
        suite.find_python()


def test_suite_python_that_does_not_start_is_an_error(suite, monkeypatch):
    monkeypatch.setenv("SUITE_PYTHON", "/nowhere/python")

    with pytest.raises(SystemExit, match="SUITE_PYTHON"):
        suite.find_python()


def test_version_is_asked_of_the_interpreter_itself(suite):
    assert suite.version_of(sys.executable) == sys.version_info[:2]
    assert suite.version_of("/bin/false") is None
