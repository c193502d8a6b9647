"""Ids and files of views, actions, menus, groups, rules and access lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ..rulebook import Finding, rule
from ..tree import Repository

VIEW_TYPES = "form|list|kanban|search|pivot|graph|calendar|activity|hierarchy|qweb"


def value(record: etree._Element, name: str, attribute: str | None = None) -> str:
    """Text or attribute of a record's field, empty when it has none."""
    for field in record.findall("field"):
        if field.get("name") == name:
            return (field.get(attribute) if attribute else field.text) or ""
    return ""


def records(repository: Repository, model: str) -> Iterator[tuple[Path, etree._Element, str]]:
    """Records of `model` that the add-on itself defines, with their ids."""
    for addon in repository.addons:
        for file, record in addon.records:
            identifier = record.get("id", "")
            if record.get("model") == model and "." not in identifier:
                yield file, record, identifier


@rule("ids-view")
def check_views(repository: Repository) -> Iterator[Finding]:
    """A view is called `<model>_view_<type>`; an inherited one keeps the original's id."""
    for file, record, identifier in records(repository, "ir.ui.view"):
        parent = value(record, "inherit_id", "ref").split(".")[-1]
        model = value(record, "model").replace(".", "_")
        if parent and value(record, "mode") != "primary":
            if not identifier.startswith(parent):
                yield file, record.sourceline, f"{identifier} extends {parent}: keep that id"
        elif model and not re.fullmatch(rf"{model}_view_({VIEW_TYPES})(_\w+)?", identifier):
            yield file, record.sourceline, f"{identifier} should be {model}_view_<type>"


@rule("ids-view-file")
def check_view_files(repository: Repository) -> Iterator[Finding]:
    """Views of a model stand in `<model>_views.xml`, menus in `menus.xml`.

    What a part of the add-on puts into the view of another stands in `<model>_<part>_views.xml`.
    """
    for file, record, identifier in records(repository, "ir.ui.view"):
        model = value(record, "model").replace(".", "_")
        of_a_part = record.find("field[@name='inherit_id']") is not None and re.fullmatch(
            rf"{model}_\w+_views\.xml", file.name
        )
        if model and file.name != f"{model}_views.xml" and not of_a_part:
            yield file, record.sourceline, f"{identifier} belongs into {model}_views.xml"
    for addon in repository.addons:
        for file in addon.xml_files:
            if file.name != "menus.xml":
                for item in etree.parse(str(file)).getroot().iter("menuitem"):
                    yield file, item.sourceline, "menu items belong into menus.xml"


@rule("ids-action")
def check_actions(repository: Repository) -> Iterator[Finding]:
    """A window action is called `<model>_action`, a menu `..._menu`."""
    for file, record, identifier in records(repository, "ir.actions.act_window"):
        model = value(record, "res_model").replace(".", "_")
        if not re.fullmatch(rf"{model}_action(_\w+)?", identifier):
            yield file, record.sourceline, f"{identifier} should be {model}_action"
    for addon in repository.addons:
        for file in addon.xml_files:
            for item in etree.parse(str(file)).getroot().iter("menuitem"):
                if not re.search(r"_menu(_|$)", item.get("id", "")):
                    yield file, item.sourceline, f"{item.get('id')} should be <model>_menu"


@rule("ids-security")
def check_security(repository: Repository) -> Iterator[Finding]:
    """Groups are `group_<who>` under one privilege; rules and access lines name model and group."""
    for file, record, identifier in records(repository, "res.groups"):
        if not identifier.startswith("group_"):
            yield file, record.sourceline, f"{identifier} should be group_<who>"
        if not value(record, "privilege_id", "ref"):
            yield file, record.sourceline, f"{identifier} stands under no privilege"
    for file, record, identifier in records(repository, "ir.rule"):
        model = value(record, "model_id", "ref").split(".")[-1].removeprefix("model_")
        if not identifier.startswith(f"{model}_rule_"):
            yield file, record.sourceline, f"{identifier} should be {model}_rule_<group>"
    for addon in repository.addons:
        path = addon.path / "security" / "ir.model.access.csv"
        for number, row in enumerate(addon.access_rows, 2):
            model = (row.get("model_id:id") or "").removeprefix(f"{addon.name}.")
            model = model.removeprefix("model_")
            # a line about another add-on's model is named after what it lets people do
            if "." not in model and not (row.get("id") or "").startswith(f"{model}_"):
                yield path, number, f"{row.get('id')} should be {model}_<group>"


@rule("ids-privilege")
def check_privileges(repository: Repository) -> Iterator[Finding]:
    """An add-on has one privilege at most: one line of choices on the user's form."""
    for addon in repository.addons:
        own = [
            (file, record)
            for file, record in addon.records
            if record.get("model") == "res.groups.privilege"
        ]
        for file, record in own[1:]:
            yield file, record.sourceline, f"{record.get('id')} is a second privilege"
