"""How fields may not be declared."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Addon, Model, Repository, constant, dotted, keyword

CLOCK = {"now", "today", "utcnow", "context_today"}


def each_field(repository: Repository) -> Iterator[tuple[Model, str, ast.Call]]:
    """Every field of every model of ours."""
    for addon in repository.addons:
        for model in addon.models:
            for name, call in model.fields.items():
                yield model, name, call


@rule("never-stored-clock")
def check_stored_clock(repository: Repository) -> Iterator[Finding]:
    """No stored field depends on the clock: it would be wrong a minute later."""
    for model, name, call in each_field(repository):
        method = constant(keyword(call, "compute"))
        if not method or constant(keyword(call, "store")) is not True:
            continue
        body = next(
            (
                item
                for item in model.node.body
                if isinstance(item, ast.FunctionDef) and item.name == method
            ),
            None,
        )
        for node in ast.walk(body) if body else ():
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in CLOCK:
                yield model.source.path, node.lineno, f"the stored field {name} reads the clock"


@rule("never-required-on-foreign-model")
def check_required(repository: Repository) -> Iterator[Finding]:
    """A required stored field on another add-on's model has a default for existing rows."""
    for addon in repository.addons:
        own = {model.name for model in addon.models if model.is_new}
        for model in addon.models:
            if model.is_new or model.name in own:
                continue
            for name, call in model.fields.items():
                required = constant(keyword(call, "required")) is True
                computed = keyword(call, "compute") is not None
                if required and not computed and keyword(call, "default") is None:
                    yield model.source.path, call.lineno, f"{name} has no default"


@rule("never-unsanitized")
def check_html(repository: Repository) -> Iterator[Finding]:
    """HTML fields are sanitized on write."""
    for model, name, call in each_field(repository):
        off = [
            item.arg
            for item in call.keywords
            if (item.arg or "").startswith("sanitize") and constant(item.value) is False
        ]
        if dotted(call.func) == "fields.Html" and off:
            yield model.source.path, call.lineno, f"{name}: {off[0]}=False"


def each_method(addon: Addon) -> Iterator[tuple[Model, ast.FunctionDef]]:
    """Every method written in a model of an add-on, those of its own models first."""
    for model in sorted(addon.models, key=lambda model: not model.is_new):
        for node in model.node.body:
            if isinstance(node, ast.FunctionDef):
                yield model, node


def is_answer(node: ast.FunctionDef, original: ast.FunctionDef) -> bool:
    """Whether a method goes on from the original, or answers a hook."""
    calls = (dotted(call.func) for call in ast.walk(node) if isinstance(call, ast.Call))
    return (ast.get_docstring(original) or "").startswith("Hook:") or "super" in calls


@rule("never-shadowed")
def check_shadowed(repository: Repository) -> Iterator[Finding]:
    """No add-on replaces a method of another add-on's model: it extends it by `super()`.

    Two add-ons that choose the same name by chance would otherwise break each other where both
    are installed. A hook may be answered without asking what it did.
    """
    owners: dict[tuple[str, str], tuple[Addon, ast.FunctionDef]] = {}
    addons = sorted(repository.addons, key=lambda addon: addon.is_bridge)
    for addon in addons:
        for model, node in each_method(addon):
            owner, original = owners.setdefault((model.name, node.name), (addon, node))
            if owner is not addon and not is_answer(node, original):
                message = f"{node.name}() of {model.name} is {owner.name}'s, too"
                yield model.source.path, node.lineno, message
