"""What holds for every test of the repository.

* A test that logs a WARNING or worse fails. Expected ones are silenced where they are expected
  (`odoo.tools.mute_logger`) or asserted (`self.assertLogs`, pytest's `caplog` does not silence).
* `--fast` leaves out what is slow by nature: browser tests (`HttpCase`) and the matrix.
* `--suite-report FILE` writes the counts as JSON, and which tests went wrong: `./suite test` joins
  those of its processes and repeats the names at its end, where a long log is read first.
* Where several processes share the tests (pytest-xdist), each has a database of its own.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import coverage
import freezegun
import hypothesis
import pytest

# Property tests leave no files behind, a slow machine is no failure, and every run asks the same:
# a change fails for what it did. `-- --hypothesis-profile=search` looks for new cases, for long.
hypothesis.settings.register_profile("suite", database=None, deadline=None, derandomize=True)
hypothesis.settings.register_profile(
    "search", database=None, deadline=None, max_examples=5000, print_blob=True
)
hypothesis.settings.load_profile("suite")

# pytest measures how long a test takes, also one for which time stands still.
freezegun.configure(extend_ignore_list=["_pytest.timing"])

# Loggers whose warnings say nothing about our code: deprecations of libraries, Odoo's own test
# helpers, and the development web server's request lines.
IGNORED_LOGGERS = ("py.warnings", "odoo.tests", "werkzeug")
# The lead's form names a widget of `partner_autocomplete`, a module that installs itself wherever
# `crm` is, but not on the databases of these tests, which hold what an add-on asks for.
IGNORED_MESSAGES = ("Missing widget: res_partner_many2one for field of type many2one",)
WORKERS_DESELECTED: list[int] = []
TOLD_WIDTH = 200  # of what a test that went wrong said, repeated in the closing lines
COUNTED = ("passed", "failed", "error", "skipped", "xfailed", "xpassed", "deselected")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Our own options."""
    group = parser.getgroup("suite")
    group.addoption("--fast", action="store_true", help="leave out browser tests and the matrix")
    group.addoption("--suite-report", type=Path, help="write counts and skip reasons as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Among workers: the database is the one `./suite test` gave, and coverage begins here.

    pytest-odoo would copy the database once more, for each worker it sees. execnet sets a worker's
    variables when its interpreter runs already, so coverage could not begin by itself.
    """
    if hasattr(config, "workerinput"):
        os.environ.pop("PYTEST_XDIST_WORKER", None)
        coverage.process_startup()  # only where COVERAGE_PROCESS_START is set


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count in a worker what xdist does not tell the process that reports."""
    for item in items[:1]:
        output = getattr(item.config, "workeroutput", {})
        output["deselected"] = output.get("deselected", 0) + len(items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take over a worker's count: each collects, and deselects, the same tests."""
    WORKERS_DESELECTED.append(getattr(node, "workeroutput", {}).get("deselected", 0))


def is_slow(item: pytest.Item) -> bool:
    """Whether `--fast` leaves this test out."""
    tests = sys.modules.get("odoo.tests")
    http_case = getattr(tests, "HttpCase", ())
    in_browser = isinstance(getattr(item, "cls", None), type) and issubclass(item.cls, http_case)
    return in_browser or item.get_closest_marker("matrix") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Apply `--fast`; among workers, let browser tests begin."""
    if config.getoption("--fast"):
        slow = [item for item in items if is_slow(item)]
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)
    elif hasattr(config, "workerinput"):  # the longest first: nobody waits for one at the end
        items.sort(key=lambda item: not is_slow(item))
        if config.option.loadgroup:
            name_groups(items)


def name_groups(items: list[pytest.Item]) -> None:
    """Put the group of a test at the end of its id, where xdist looks for what belongs together.

    pytest-xdist 3.8 writes it to where pytest 9.2 no longer keeps the id: without a word it hands
    out test by test, and each process prepares what one was to prepare for all.
    """
    for item in items:
        group = item.get_closest_marker("xdist_group")
        if group and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = type(item.id).parse(f"{item.nodeid}@{group.args[0]}")


class Collector(logging.Handler):
    """Keeps what is logged at WARNING or above while a test runs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the record unless its logger or its text is on an ignore list."""
        message = record.getMessage()
        if record.name.startswith(IGNORED_LOGGERS) or message.strip() in IGNORED_MESSAGES:
            return
        self.lines.append(f"{record.levelname} {record.name}: {message}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that logged a warning, unless it already fails for another reason."""
    collector = Collector()
    logging.getLogger().addHandler(collector)
    try:
        result = yield
    finally:
        logging.getLogger().removeHandler(collector)
    if collector.lines:
        pytest.fail("\n  ".join(["the test logged:", *collector.lines]), pytrace=False)
    return result


def skip_reasons(reports: list[pytest.TestReport]) -> Iterator[str]:
    """One line per skipped test: which, and why."""
    for report in reports:
        _path, _line, reason = report.longrepr
        yield f"{report.nodeid}: {reason.removeprefix('Skipped: ')}"


def told(report: pytest.TestReport) -> str:
    """One line for a test that went wrong: which, and the last thing it said."""
    lines = [line.strip() for line in report.longreprtext.splitlines() if line.strip()]
    crash = getattr(report.longrepr, "reprcrash", None)
    said = crash.message.splitlines()[:1] if crash and crash.message else lines[-1:]
    return " - ".join([report.nodeid, *(line[:TOLD_WIDTH] for line in said)])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Write the counts for `./suite test`."""
    path = config.getoption("--suite-report")
    if path:
        stats = terminalreporter.stats
        report = {key: len(stats.get(key, ())) for key in COUNTED}
        report["deselected"] += max(WORKERS_DESELECTED, default=0)
        report["skips"] = list(skip_reasons(stats.get("skipped", [])))
        wrong = [*stats.get("failed", ()), *stats.get("error", ())]
        report["notes"] = [told(failure) for failure in wrong]
        path.write_text(json.dumps(report), encoding="utf-8")
