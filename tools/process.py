"""Run other programs: their output goes to a log, their progress to the terminal."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from tools.console import Progress, SuiteError

LineHandler = Callable[[str, Progress], None]


def run(
    command: Sequence[str | Path],
    *,
    log_path: Path,
    progress: Progress,
    on_line: LineHandler | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> int:
    """Run a program to its end and return its exit code.

    Its output is appended to `log_path`; `on_line` sees each line (a carriage return ends a line
    too) and may update the progress. An interruption ends the program before it goes on.
    """
    with log_path.open("ab") as log, _popen(command, env, cwd) as process:
        try:
            _pump(process.stdout, log, progress, on_line)
            return process.wait()
        except BaseException:
            process.terminate()
            raise


def output(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> str:
    """What a short program prints; CalledProcessError with its `stderr` where it fails."""
    return subprocess.run(
        [str(part) for part in command],
        env=env,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def last_line(text: str) -> str:
    """The last line that says something, for a one-line error."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def tail(log_path: Path, size: int = 4000) -> str:
    """The last `size` bytes of a log as text."""
    with log_path.open("rb") as log:
        log.seek(max(0, log_path.stat().st_size - size))
        return log.read().decode(errors="replace")


def check_space(path: Path, needed: int, what: str) -> None:
    """Refuse a big step before it begins when the disk cannot hold it (`needed` in bytes)."""
    free = shutil.disk_usage(path).free
    if free < needed:
        raise SuiteError(
            f"no disk space for {what}: {needed / 1e9:.1f} GB needed, {free / 1e9:.1f} GB free in "
            f"{path}; free some, or set SUITE_HOME to a directory on another disk"
        )


def _popen(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None,
    cwd: Path | None,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=None if env is None else dict(env),
            cwd=cwd,
        )
    except FileNotFoundError as error:
        raise SuiteError(f"the program {command[0]} is not installed") from error


def _pump(
    stream: IO[bytes] | None, log: IO[bytes], progress: Progress, on_line: LineHandler | None
) -> None:
    """Copy the output to the log as it comes, waking each half second to show the time."""
    if stream is None:
        return
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(timeout=0.5):
                progress.update()
                continue
            chunk = os.read(stream.fileno(), 65536)
            if not chunk:
                break
            log.write(chunk)
            log.flush()
            *lines, rest = (rest + chunk.replace(b"\r", b"\n")).split(b"\n")
            for line in lines:
                if on_line and line:
                    on_line(line.decode(errors="replace"), progress)
            progress.update()
