"""How many processes share the tests of a lane, and what pytest-xdist is told about them.

pytest-xdist hands out the tests class by class: whoever is through gets the next class, so nobody
has to know beforehand how long a test takes. A process inside Odoo has a database, a file store, a
port and a browser of its own. pytest-odoo could copy the database too, but then all processes share
one file store, which each class of tests cleans up when it ends, also of files that a test in
another process has just stored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

MOST = 4  # beyond, PostgreSQL and the browsers have no processors left
# A further process copies a database and starts Odoo, which takes a processor about seven seconds:
# it must have more to do than that.
ENOUGH = 150
# One test that drives a browser takes as long as so many others; so does one of the matrix.
BROWSER_TEST, MATRIX_TEST = 20, 100
BROWSER_CALL = re.compile(r"\b(?:start_tour|browser_js)\(")
TEST = re.compile(r"^ *def test_", re.MULTILINE)
# Options of pytest for which somebody looks at one process, or that share out by themselves.
ALONE = re.compile(
    r"-s|--capture=no|--pdb|--trace|--co|--collect-only|--setup-\w+|-p|-n.*|--numprocesses.*|--dist.*"
)


def number(wanted: int | None, weight: int, passed_on: Sequence[str], cores: int) -> int:
    """How many processes: as `wanted`, else as many as there are cores and work for them."""
    if any(ALONE.fullmatch(option) for option in passed_on):
        return 1
    if wanted is not None:
        return max(1, wanted)
    return max(1, min(cores, MOST, weight // ENOUGH))


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0))


def weight(targets: Sequence[str], root: Path, browser: bool = False) -> int:
    """Roughly how much there is to do, in tests of ordinary length.

    A target that names a test or a class weighs one: whoever asks for it waits for nothing else.
    """
    total = 0
    for target in targets:
        path = root / target.partition("::")[0]
        if "::" in target:
            total += 1
            continue
        for file in [path] if path.is_file() else path.rglob("test_*.py"):
            text = file.read_text(encoding="utf-8")
            total += len(TEST.findall(text))
            total += BROWSER_TEST * len(BROWSER_CALL.findall(text)) if browser else 0
    return total


def inside_odoo(configs: Sequence[Path], coverage_config: Path | None = None) -> list[str]:
    """Options for pytest: one process for each of Odoo's configuration files.

    xdist measures nothing: where coverage is wanted each process starts it (conftest.py).
    """
    options = ["--dist=loadscope", "--no-loadscope-reorder"]
    for place, config in enumerate(configs, start=1):
        words = ["popen", f"id=odoo{place}", f"env:ODOO_RC={config}"]
        if coverage_config:
            words.append(f"env:COVERAGE_PROCESS_START={coverage_config}")
        options.append("--tx=" + "//".join(words))
    return options


def are_told(options: Sequence[str]) -> bool:
    """Whether these options start further processes inside Odoo."""
    return any(option.startswith("--tx=") for option in options)


def by_group(processes: int) -> list[str]:
    """Options for pytest where tests prepare their own databases and name what belongs together."""
    return [f"--numprocesses={processes}", "--dist=loadgroup"] if processes > 1 else []
