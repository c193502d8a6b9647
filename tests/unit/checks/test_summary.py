"""Several pytest processes end in one closing line and one exit code."""

import pytest

from tools import summary
from tools.summary import Counts
from tools.templates import least_used

REPORT = {"passed": 3, "failed": 0, "error": 1, "skipped": 1, "skips": ["test_a: no data"]}


def test_counts_of_processes_add_up() -> None:
    total = Counts.read(REPORT) + Counts(passed=2, notes=["too slow"])

    assert (total.passed, total.errors, total.skips) == (5, 1, ["test_a: no data"])
    assert total.notes == ["too slow"]


@pytest.mark.parametrize(
    ("counts", "seconds", "line"),
    [
        (Counts(passed=312, skipped=3), 512.34, "312 passed, 3 skipped in 512.34s (0:08:32)"),
        (Counts(passed=1, failed=2), 3.0, "2 failed, 1 passed in 3.00s"),
        (Counts(errors=1), 1.5, "1 error in 1.50s"),
        (Counts(errors=2), 60, "2 errors in 60.00s (0:01:00)"),
        (Counts(), 0.1, "no tests ran in 0.10s"),
    ],
)
def test_the_closing_line_reads_as_pytest_writes_it(
    counts: Counts, seconds: float, line: str
) -> None:
    assert summary.closing_line(counts, seconds) == line


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (Counts(passed=1), 0),
        (Counts(passed=1, skipped=9), 0),
        (Counts(passed=1, failed=1), 1),
        (Counts(passed=1, errors=1), 1),
        (Counts(skipped=5), 1),
        (Counts(), 1),
    ],
)
def test_success_needs_a_passed_test_and_no_failure(counts: Counts, code: int) -> None:
    assert summary.exit_code(counts) == code


def test_the_frame_is_as_wide_as_the_terminal() -> None:
    assert summary.framed("1 passed", 20) == "===== 1 passed ====="


def test_the_closing_lines_name_what_failed(capsys: pytest.CaptureFixture[str]) -> None:
    summary.show(Counts(passed=4, failed=1, notes=["test_a.py::test_b - assert 1 == 2"]), 3.0)

    assert capsys.readouterr().out.splitlines()[-2] == "FAILED test_a.py::test_b - assert 1 == 2"


def test_the_templates_used_last_stay() -> None:
    assert least_used({"old": 1.0, "new": 3.0, "middle": 2.0}, kept=2) == ["old"]
