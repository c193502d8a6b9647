"""Words that no file of the repository holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..rulebook import Finding, rule
from ..tree import Repository

TEXT_SUFFIXES = frozenset(
    ".py .xml .csv .md .toml .cfg .ini .conf .txt .in .js .scss .css .yml .yaml .service .sh .po"
    " .pot".split()
)
# The samples break these rules on purpose, and this file spells out what is forbidden.
SPELLS_OUT = {"tests/architecture/samples.py", "tests/architecture/rules/never_text.py"}

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
# A waiver for a linter names what it waives and, in words, why.
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pylint:\s*disable|pragma:\s*no cover)\b(.*)")
CODES = re.compile(r"[:=\[\]]|\b[A-Z]+\d+\b|\b[a-z]+(-[a-z]+)+\b|[,\s-]+")
MACHINE_PATH = re.compile(r"(?<![\w.~$}-])/(work|root|mnt|home/(?!USER\b|odoo\b)\w+)/\w")
# Four numbers that are no version of ours; loopback and documentation addresses are fine.
ADDRESS = re.compile(
    r"(?<![\d.])(?!127\.|0\.0\.0\.0|10\.0\.0\.|192\.0\.2\.|19\.0\.)\d{1,3}(\.\d{1,3}){3}(?!\.?\d)"
)
HOST = re.compile(r"https?://([\w.-]+)")
KNOWN_HOSTS = re.compile(
    # loopback, names reserved for examples and tests, then those a document refers to
    r"(localhost|127\.0\.0\.1|([\w-]+\.)*example\.(com|org|net)|[\w.-]+\.(test|invalid|example)"
    r"|([\w-]+\.)*odoo\.com"
    r"|www\.w3\.org|www\.gnu\.org|github\.com|www\.postgresql\.org|([\w-]+\.)*debian\.org"
    r"|docs\.astral\.sh|docs\.pytest\.org"
    r"|schemas\.openxmlformats\.org)"  # names of what a Word document holds
)


def lines(repository: Repository) -> Iterator[tuple[Path, int, str]]:
    """Every line of every text file."""
    for file in repository.files:
        name = file.relative_to(repository.root).as_posix()
        textual = file.suffix in TEXT_SUFFIXES or file.name in {"suite", "run", ".gitignore"}
        if textual and name not in SPELLS_OUT and "/static/lib/" not in name:
            text = file.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), 1):
                yield file, number, line


@rule("never-unfinished")
def check_unfinished(repository: Repository) -> Iterator[Finding]:
    """Nothing is left for later in a comment: finish it, or write it down where it is planned."""
    for file, number, line in lines(repository):
        if UNFINISHED.search(line):
            yield file, number, line.strip()


@rule("never-bare-silence")
def check_silence(repository: Repository) -> Iterator[Finding]:
    """A linter is silenced for a named message and with a reason."""
    for file, number, line in lines(repository):
        if file.suffix != ".py":
            continue
        if found := SILENCED.search(line):
            reason = CODES.sub(" ", found.group(2)).split()
            if len(reason) < 2:
                yield file, number, line.strip()


@rule("never-machine")
def check_machine(repository: Repository) -> Iterator[Finding]:
    """No path, address or host of a particular machine."""
    for file, number, line in lines(repository):
        if found := MACHINE_PATH.search(line):
            yield file, number, f"{found.group()} is a path of one machine"
        if file.suffix not in {".po", ".pot", ".csv", ".txt"} and (found := ADDRESS.search(line)):
            yield file, number, f"{found.group()} is an address of one machine"
        for host in HOST.findall(line):
            if not KNOWN_HOSTS.fullmatch(host):
                yield file, number, f"{host} is not among the hosts we may name"
