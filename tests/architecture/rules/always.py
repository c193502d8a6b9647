"""What every model and hook carries."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Repository, assignments


@rule("always-docstring")
def check_docstrings(repository: Repository) -> Iterator[Finding]:
    """Each class and each install hook says what it is and why."""
    for addon in repository.addons:
        for source in addon.sources:
            for node in source.walk(ast.ClassDef, ast.FunctionDef):
                hook = source.path.name == "hooks.py" and not node.name.startswith("_")
                if (isinstance(node, ast.ClassDef) or hook) and not ast.get_docstring(node):
                    yield source.path, node.lineno, f"{node.name} has no docstring"


@rule("always-hook-docstring")
def check_hook_words(repository: Repository) -> Iterator[Finding]:
    """A method that only waits to be overridden starts its docstring with "Hook:"."""
    for addon in repository.addons:
        for model in addon.models:
            for node in model.node.body:
                if not isinstance(node, ast.FunctionDef):
                    continue
                text = ast.get_docstring(node)
                rest = node.body[1:] if text else node.body
                empty = all(isinstance(item, ast.Pass) for item in rest)
                if empty and not (text or "").startswith("Hook:"):
                    yield model.source.path, node.lineno, f"{node.name} does nothing: a hook?"


@rule("always-description")
def check_descriptions(repository: Repository) -> Iterator[Finding]:
    """Each new model has a `_description`: users read it in messages and settings."""
    for addon in repository.addons:
        for model in addon.models:
            if model.is_new and "_description" not in assignments(model.node):
                yield model.source.path, model.node.lineno, f"{model.name} has no _description"
