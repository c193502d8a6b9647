"""Who may do what: access lines and company rules."""

from __future__ import annotations

from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Addon, Repository
from .xmlids import value


def rule_domains(addon: Addon, model: str) -> list[str]:
    """Domains of the record rules that the add-on sets on a model (name with underscores)."""
    return [
        value(record, "domain_force")
        for _file, record in addon.records
        if record.get("model") == "ir.rule"
        and value(record, "model_id", "ref").split(".")[-1] == f"model_{model}"
    ]


@rule("always-access-line")
def check_access_lines(repository: Repository) -> Iterator[Finding]:
    """Each model with a table has an access line, wizards too."""
    for addon in repository.addons:
        covered = {(row.get("model_id:id") or "").split(".")[-1] for row in addon.access_rows}
        for model in addon.models:
            if model.is_new and model.has_table() and f"model_{model.underscored}" not in covered:
                yield model.source.path, model.node.lineno, f"{model.name} has no access line"


@rule("always-access-group")
def check_access_groups(repository: Repository) -> Iterator[Finding]:
    """An access line names a group: one without opens the model to portal and public users."""
    for addon in repository.addons:
        for number, row in enumerate(addon.access_rows, 2):
            if not row.get("group_id:id"):
                path = addon.path / "security" / "ir.model.access.csv"
                yield path, number, f"{row.get('id')} is for everybody"


@rule("always-company-rule")
def check_company_rules(repository: Repository) -> Iterator[Finding]:
    """A model with a company has a rule that keeps companies apart."""
    for addon in repository.addons:
        for model in addon.models:
            lives = model.is_new and model.kind == "Model"
            if not lives or "company_id" not in model.fields:
                continue
            if not any("company_id" in text for text in rule_domains(addon, model.underscored)):
                yield model.source.path, model.node.lineno, f"{model.name} has no company rule"


@rule("always-dialog-rule")
def check_dialog_rules(repository: Repository) -> Iterator[Finding]:
    """A dialog is for whoever has opened it: Odoo 19 lets everybody read everybody's."""
    for addon in repository.addons:
        for model in addon.models:
            if not model.is_new or model.kind != "TransientModel":
                continue
            if not any("user.id" in text for text in rule_domains(addon, model.underscored)):
                yield model.source.path, model.node.lineno, f"{model.name} is open to everybody"
