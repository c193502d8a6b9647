"""Documents: present, linked, translated, and true about the tests they name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from ..rulebook import Finding, rule
from ..tree import Repository

REQUIRED = (
    "README.md",
    "CONTRIBUTING.md",
    "LICENSE",
    *(
        f"docs/{name}.md"
        for name in (
            "architecture",
            "coverage",
            "extend",
            "glossary",
            "install",
            "security",
            "upgrade",
        )
    ),
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)
PROOF = re.compile(r"`([\w./-]+\.(?:py|js))(?:::([\w:]+))?`")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def documents(repository: Repository) -> list[Path]:
    """Markdown of the repository and of the add-ons' readme fragments."""
    return [file for file in repository.files if file.suffix == ".md"]


def anchors(text: str) -> set[str]:
    """Anchors that the headings of a page make, as the usual renderers spell them."""
    plain = (re.sub(r"[^\w\s-]", "", heading.lower()) for heading in HEADING.findall(text))
    return {re.sub(r"\s", "-", heading.strip()) for heading in plain}


@rule("docs-present")
def check_present(repository: Repository) -> Iterator[Finding]:
    """The documents a reader looks for exist, and each add-on says what it is."""
    for name in REQUIRED:
        if not (repository.root / name).is_file():
            yield repository.root / name, 0, "is missing"
    for addon in repository.addons:
        if not (addon.path / "readme" / "DESCRIPTION.md").is_file():
            yield addon.path / "readme" / "DESCRIPTION.md", 0, "is missing"


@rule("docs-links")
def check_links(repository: Repository) -> Iterator[Finding]:
    """Every link to a file or heading of the repository leads there."""
    for file in documents(repository):
        text = CODE_BLOCK.sub("", file.read_text(encoding="utf-8"))
        for link in LINK.findall(text):
            if "://" in link or link.startswith("mailto:"):
                continue
            name, _hash, anchor = link.partition("#")
            target = (file.parent / name) if name else file
            if not target.exists():
                yield file, 0, f"{link} leads nowhere"
                continue
            pages = {".md"} if anchor else set()
            if target.suffix in pages and anchor not in anchors(target.read_text("utf-8")):
                yield file, 0, f"{link}: no such heading"


@rule("docs-proofs")
def check_proofs(repository: Repository) -> Iterator[Finding]:
    """Every test a table of proofs names exists: `path::name`, name may be Class::method."""
    for name in ("coverage", "security"):
        page = repository.root / "docs" / f"{name}.md"
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        for number, line in enumerate(text.splitlines(), 1):
            for problem in find_missing_proofs(repository, line):
                yield page, number, problem


def find_missing_proofs(repository: Repository, line: str) -> Iterator[str]:
    """Tests that a row of a table names and that are not there."""
    if not line.lstrip().startswith("|"):
        return
    for path, name in PROOF.findall(line):
        file = repository.root / path
        if not file.is_file():
            yield f"{path} does not exist"
            continue
        source = file.read_text(encoding="utf-8")
        for part in filter(None, name.split("::")):
            if not re.search(rf"\b(def|class) {part}\b|[\"']{part}[\"']", source):
                yield f"{path} has no {part}"


@rule("docs-hooks")
def check_hooks(repository: Repository) -> Iterator[Finding]:
    """Every method whose docstring begins with "Hook:" is in docs/extend.md."""
    page = repository.root / "docs" / "extend.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for addon in repository.addons:
        for model in addon.models:
            for node in model.node.body:
                if not isinstance(node, ast.FunctionDef):
                    continue
                is_hook = (ast.get_docstring(node) or "").startswith("Hook:")
                if is_hook and f"`{node.name}(" not in text:
                    yield page, 0, f"{node.name}() of {model.name} is not listed"


@rule("docs-addon-table")
def check_table(repository: Repository) -> Iterator[Finding]:
    """README.md names every add-on."""
    page = repository.root / "README.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    for addon in repository.addons:
        if not re.search(rf"\b{addon.name}\b", text):
            yield page, 0, f"{addon.name} is not in the table of add-ons"


@rule("docs-translated")
def check_translated(repository: Repository) -> Iterator[Finding]:
    """An add-on with words in it has its list of terms and the Russian translation."""
    for addon in repository.addons:
        shows = any(file.parent.name in {"views", "wizard", "report"} for file in addon.xml_files)
        labels = any(model.fields for model in addon.models)
        says = any(re.search(r"\b_(lt)?\(", source.text) for source in addon.sources)
        for name in (f"{addon.name}.pot", "ru.po"):
            if (shows or labels or says) and not (addon.path / "i18n" / name).is_file():
                yield addon.path / "i18n" / name, 0, "is missing"
