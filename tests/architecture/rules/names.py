"""Names of models, files and fields: a name tells its add-on and its kind."""

from __future__ import annotations

from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Addon, Repository, dotted

SUFFIXES = {
    "fields.Many2one": "_id",
    "fields.Reference": "_id",
    "fields.One2many": "_ids",
    "fields.Many2many": "_ids",
}
BOOLEAN_PREFIXES = ("is_", "has_", "can_", "module_", "group_")
MODEL_FOLDERS = ("models", "wizard", "report")


def nouns(addon: Addon, repository: Repository) -> list[str]:
    """How names of the add-on's models begin: `crm_standards` owns `crm.standard`."""
    names = [name for name in addon.depends if name in repository.by_name]
    owners = names if addon.is_bridge else [addon.name]
    return [owner.removesuffix("s").replace("_", ".") for owner in owners]


@rule("names-model")
def check_models(repository: Repository) -> Iterator[Finding]:
    """A new model begins with its add-on's noun, so that the model tells its add-on."""
    for addon in repository.addons:
        allowed = nouns(addon, repository)
        for model in addon.models:
            fits = any(model.name == noun or model.name.startswith(noun + ".") for noun in allowed)
            if model.is_new and not fits:
                where = model.source.path, model.node.lineno
                yield *where, f"{model.name} does not begin with {' or '.join(allowed)}"


@rule("names-file")
def check_files(repository: Repository) -> Iterator[Finding]:
    """One model a file, called after it; a large one may go on in `<model>_<part>.py`."""
    for addon in repository.addons:
        for source in addon.sources:
            inside = source.path.relative_to(addon.path)
            models = [model for model in addon.models if model.source is source]
            for model in models:
                stem = inside.stem
                fits = stem == model.underscored or (
                    not model.is_new and stem.startswith(model.underscored + "_")
                )
                if not fits or inside.parts[0] not in MODEL_FOLDERS:
                    where = source.path, model.node.lineno
                    yield *where, f"{model.name} belongs into {model.underscored}.py"


@rule("names-field")
def check_fields(repository: Repository) -> Iterator[Finding]:
    """Links end in _id or _ids; a yes-or-no is called is_, has_ or can_."""
    for addon in repository.addons:
        for model in addon.models:
            for name, call in model.fields.items():
                kind = dotted(call.func)
                where = model.source.path, call.lineno
                suffix = SUFFIXES.get(kind)
                if suffix and not name.endswith(suffix):
                    yield *where, f"{name}: a {kind} ends in {suffix}"
                known = name == "active" or name.startswith(BOOLEAN_PREFIXES)
                if kind == "fields.Boolean" and not known:
                    yield *where, f"{name}: a yes-or-no begins with is_, has_ or can_"
