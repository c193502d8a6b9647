"""Calls that no product code makes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Repository, Source, constant, dotted

# Own or borrowed, a key with such a name tells code to leave a check out.
SWITCH = re.compile(r"(^|_)(skip|no|bypass|disable|ignore|without|force|allow|sudo)(_|$)")


def product(repository: Repository) -> Iterator[Source]:
    """Python files of all add-ons, tests left out."""
    for addon in repository.addons:
        yield from addon.sources


def calls(repository: Repository) -> Iterator[tuple[Source, ast.Call, str]]:
    """Every call in product code with the dotted text of what is called."""
    for source in product(repository):
        for node in source.walk(ast.Call):
            yield source, node, dotted(node.func)


@rule("never-onchange")
def check_onchange(repository: Repository) -> Iterator[Finding]:
    """No `@api.onchange`: a computed, stored, `readonly=False` field serves the server too."""
    for source in product(repository):
        for node in source.walk(ast.FunctionDef):
            for decorator in node.decorator_list:
                if dotted(decorator).startswith("api.onchange"):
                    yield source.path, node.lineno, f"{node.name} is an onchange"


@rule("never-commit")
def check_commit(repository: Repository) -> Iterator[Finding]:
    """No own commit or rollback: crons use `_commit_progress`, the rest is Odoo's transaction."""
    for source, node, name in calls(repository):
        if re.search(r"(^|\.)_?cr\.(commit|rollback)$", name):
            yield source.path, node.lineno, f"{name}()"


def is_built_text(node: ast.AST) -> bool:
    """Whether an expression is text, plain or glued together."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr() | ast.BinOp():
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join")):
            return True
    return False


def local_texts(node: ast.AST) -> set[str]:
    """Names that the function around `node` binds to text."""
    while node and not isinstance(node, ast.FunctionDef | ast.Module):
        node = node.parent
    return {
        target.id
        for statement in ast.walk(node)
        if isinstance(statement, ast.Assign) and is_built_text(statement.value)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }


@rule("never-raw-sql")
def check_sql(repository: Repository) -> Iterator[Finding]:
    """SQL is an `SQL` object around a literal; values and identifiers are its arguments."""
    for source, node, name in calls(repository):
        if not node.args:
            continue
        first = node.args[0]
        where = source.path, node.lineno
        if re.search(r"(\bcr\.(execute|executemany)|\.execute_query(_dict)?)$", name):
            bound = isinstance(first, ast.Name) and first.id in local_texts(node)
            if is_built_text(first) or bound:
                yield *where, f"{name}() of text that is no SQL object"
        if name == "SQL" and not isinstance(constant(first), str):
            yield *where, "the first argument of SQL() is not a literal"


@rule("never-eval")
def check_eval(repository: Repository) -> Iterator[Finding]:
    """No evaluated code; `safe_eval` only of domains, and a comment says so."""
    for source, node, name in calls(repository):
        plain = name in {"eval", "exec", "compile"}
        safe = name.split(".")[-1] == "safe_eval"
        if plain or (safe and not source.is_explained(node)):
            yield source.path, node.lineno, f"{name}()"


@rule("never-unexplained-sudo")
def check_sudo(repository: Repository) -> Iterator[Finding]:
    """Each `sudo()` has a comment beside it or above it, with no blank line between: why?"""
    for source, node, name in calls(repository):
        # `sudo(flag)` hands on what the caller already had
        if name.endswith(".sudo") and not node.args and not source.is_explained(node):
            yield source.path, node.lineno, "sudo() without a reason"


@rule("never-context-switch")
def check_context(repository: Repository) -> Iterator[Finding]:
    """No context key switches a check off: callers over RPC set the context as they like."""
    for source in product(repository):
        for node in source.walk(ast.Call, ast.Compare, ast.Subscript):
            match node:
                case ast.Call(func=ast.Attribute(attr="get"), args=[key, *_]):
                    owner = node.func.value
                case ast.Compare(left=key, ops=[ast.In() | ast.NotIn()]):
                    owner = node.comparators[0]
                case ast.Subscript(slice=key):
                    owner = node.value
                case _:
                    continue
            word = constant(key)
            if re.search(r"context$", dotted(owner)) and SWITCH.search(str(word or "")):
                yield source.path, node.lineno, f"the context key {word!r} decides here"


@rule("never-if-installed")
def check_installed(repository: Repository) -> Iterator[Finding]:
    """No "if that model is installed": what joins two add-ons is a bridge."""
    for source in product(repository):
        for node in source.walk(ast.Compare):
            # a name read from a record is another matter: its model may have been uninstalled
            asks = isinstance(node.ops[0], ast.In | ast.NotIn) and constant(node.left)
            if asks and re.search(r"(^|\.)(env|registry)$", dotted(node.comparators[0])):
                yield source.path, node.lineno, "asks whether a model is installed"


@rule("never-silent-except")
def check_except(repository: Repository) -> Iterator[Finding]:
    """No error is swallowed without a word: `except` does something or names what it ignores."""
    for source in product(repository):
        for node in source.walk(ast.ExceptHandler):
            silent = all(
                isinstance(item, ast.Pass)
                or (isinstance(item, ast.Expr) and constant(item.value) is ...)
                for item in node.body
            )
            if silent or node.type is None:
                yield source.path, node.lineno, "an error is swallowed"


@rule("never-unprotected-route")
def check_routes(repository: Repository) -> Iterator[Finding]:
    """A route that gives up CSRF protection says why in a comment."""
    for source, node, name in calls(repository):
        gives_up = any(
            item.arg == "csrf" and constant(item.value) is False for item in node.keywords
        )
        if name.endswith("route") and gives_up:
            lines = range(node.lineno - 1, node.end_lineno + 1)
            if not any(source.comments.get(line) for line in lines):
                yield source.path, node.lineno, "csrf=False without a reason"
