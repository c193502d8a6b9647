"""Talk to the person at the terminal: steps, progress, one-line errors.

On a terminal the line of a running step is rewritten in place; elsewhere (a log, a pipe, CI)
a line is printed every few seconds, so that a long step never looks dead.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

# Seconds between two drawings of a running step.
TTY_INTERVAL = 0.1
PIPE_INTERVAL = 5.0


class SuiteError(Exception):
    """One clear line for the user: what is wrong and what to do. `./suite` ends with code 1."""


def say(text: str = "", stream: TextIO | None = None) -> None:
    """Print one line now, also when the output is a pipe."""
    print(text, file=stream or sys.stdout, flush=True)


def human_size(size: float) -> str:
    """Bytes as a person reads them: `127 MB` (powers of ten, as disks and apt count)."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def human_time(seconds: float) -> str:
    """Seconds as a person reads them: `0.4 s`, `12 s`, `2 min 05 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


class Progress:
    """The line of one running step."""

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        self.title = title
        self.stream = stream or sys.stdout
        self.tty = self.stream.isatty()
        self.started = time.monotonic()
        self._drawn = self.started if not self.tty else 0.0
        self._detail = ""
        self.verdict = "done in"  # what the closing line says; a step may set another
        if not self.tty:
            say(f"{title} ...", self.stream)

    @property
    def elapsed(self) -> float:
        """Seconds since the step began."""
        return time.monotonic() - self.started

    def update(self, percent: float | None = None, text: str | None = None) -> None:
        """Show how far the step is; call it as often as you like, also without arguments."""
        if percent is not None or text is not None:
            shown = "" if percent is None else f"{min(percent, 100):.0f} %"
            self._detail = "  ".join(part for part in (shown, text) if part)
        now = time.monotonic()
        if now - self._drawn < (TTY_INTERVAL if self.tty else PIPE_INTERVAL):
            return
        self._drawn = now
        line = f"  {self.title}  {self._detail}  {human_time(self.elapsed)}"
        if self.tty:
            self.stream.write(f"\r\x1b[K{line[: terminal_width()]}")
            self.stream.flush()
        else:
            say(line, self.stream)

    def finish(self) -> None:
        """Leave one line behind that says how the step ended and how long it took."""
        start = "\r\x1b[K" if self.tty else ""
        say(f"{start}{self.title}: {self.verdict} {human_time(self.elapsed)}", self.stream)


def terminal_width() -> int:
    """Columns that a rewritten line may fill without wrapping."""
    import shutil

    return shutil.get_terminal_size((100, 24)).columns - 1


@contextmanager
def step(title: str) -> Iterator[Progress]:
    """Announce a long step, hand out its progress line, close it with the time it took."""
    progress = Progress(title)
    try:
        yield progress
    except BaseException:
        progress.verdict = "failed after"
        progress.finish()
        raise
    progress.finish()
