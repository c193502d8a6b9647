"""Judge translation files: `python -m tools.translations FILE.po ...` prints what is wrong.

Runs in the virtual environment (it reads the files with polib). A Russian file is complete, has
nothing fuzzy, keeps the placeholders and tags of its source, and knows the terms of the `.pot`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polib

# %(name)s and %s, {name}, ${expression}, and tags with their attributes.
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sdif]|\{\{.*?\}\}|\{\w*\}|\$\{.*?\}")
TAG = re.compile(r"</?([a-z][\w-]*)")


def main(files: list[str]) -> int:
    """Print every finding as `file:line: message`; 1 if there is one."""
    found = [line for name in files for line in judge(Path(name))]
    for line in found:
        print(line)
    return int(bool(found))


def judge(path: Path) -> Iterator[str]:
    """What is wrong with one translation file."""
    catalog = polib.pofile(str(path))
    for entry in catalog:
        if entry.obsolete:
            continue
        for message in judge_entry(entry):
            yield f"{path}:{entry.linenum}: {message}: {entry.msgid!r}"
    terms = path.with_name(f"{path.parent.parent.name}.pot")
    if not terms.exists():
        yield f"{path}:0: {terms.name} is missing beside it"
        return
    source = {entry.msgid for entry in polib.pofile(str(terms))}
    known = {entry.msgid for entry in catalog if not entry.obsolete}
    for term in sorted(source - known):
        yield f"{path}:0: not translated: {term!r}"
    for term in sorted(known - source):
        yield f"{path}:0: no longer a term: {term!r}"


def judge_entry(entry: polib.POEntry) -> Iterator[str]:
    """What is wrong with one term."""
    if entry.fuzzy:
        yield "fuzzy"
    if not entry.msgstr.strip():
        yield "not translated"
        return
    for kind, pattern in (("placeholders", PLACEHOLDER), ("tags", TAG)):
        if Counter(pattern.findall(entry.msgid)) != Counter(pattern.findall(entry.msgstr)):
            yield f"{kind} differ"
    if entry.msgid.strip() == entry.msgid and entry.msgstr.strip() != entry.msgstr:
        yield "spaces at the ends differ"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
