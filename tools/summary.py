"""The closing lines of a test run that spans several pytest processes."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field, fields

from tools import console

RED, GREEN, RESET = "\x1b[31m\x1b[1m", "\x1b[32m\x1b[1m", "\x1b[0m"
# Words in pytest's order; `error` is the only one that changes in the plural.
SHOWN = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "errors")


@dataclass
class Counts:
    """How many tests ended how, why some were skipped, and which went wrong with what."""

    failed: int = 0
    passed: int = 0
    skipped: int = 0
    deselected: int = 0
    xfailed: int = 0
    xpassed: int = 0
    errors: int = 0
    skips: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, report: dict) -> Counts:
        """The counts of one process, as its report gives them (conftest.py)."""
        values = {key: value for key, value in report.items() if key != "error"}
        return cls(**values, errors=report.get("error", 0))

    def __add__(self, other: Counts) -> Counts:
        names = [item.name for item in fields(self)]
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in names})


def is_bad(counts: Counts) -> bool:
    """Whether anything failed."""
    return bool(counts.failed or counts.errors)


def exit_code(counts: Counts) -> int:
    """0 only if something was proven and nothing failed."""
    return int(is_bad(counts) or not counts.passed)


def closing_line(counts: Counts, seconds: float) -> str:
    """`312 passed, 3 skipped in 512.34s (0:08:32)`, as pytest words it."""
    parts = []
    for name in SHOWN:
        if number := getattr(counts, name):
            word = "error" if name == "errors" and number == 1 else name
            parts.append(f"{number} {word}")
    clock = ""
    if seconds >= 60:
        minutes, rest = divmod(int(seconds), 60)
        clock = f" ({minutes // 60}:{minutes % 60:02d}:{rest:02d})"
    return f"{', '.join(parts) or 'no tests ran'} in {seconds:.2f}s{clock}"


def framed(text: str, width: int, color: str = "") -> str:
    """The text in the middle of a line of `=`."""
    line = f" {text} ".center(width, "=")
    return f"{color}{line}{RESET}" if color else line


def show(counts: Counts, seconds: float) -> None:
    """Print why tests were skipped, what went wrong, and the closing line."""
    console.say()
    for reason in sorted(counts.skips):
        console.say(f"SKIPPED {reason}")
    for note in counts.notes:
        console.say(f"FAILED {note}")
    color = ""
    if sys.stdout.isatty():
        color = RED if exit_code(counts) else GREEN
    width = shutil.get_terminal_size((80, 24)).columns
    console.say(framed(closing_line(counts, seconds), width, color))
