"""Habits of older Odoo versions that Odoo 19 ignores in silence or has removed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rulebook import Finding, rule
from ..tree import Repository

PYTHON = {
    r"^\s*_sql_constraints\b": "models.Constraint",
    r"\bself\._(cr|uid|context)\b": "self.env.cr, self.env.uid, self.env.context",
    r"def name_get\b": "_compute_display_name",
    r"def _name_search\b": "_search_display_name or _rec_names_search",
    r"\.read_group\(": "_read_group",
    r"\bodoo\.osv\b": "odoo.fields.Domain",
    r"\bgroup_operator=": "aggregator=",
    r"\bauto_join=": "bypass_search_access=",
    r"\btoggle_active\b": "action_archive and action_unarchive",
    r"type=[\"']json[\"']": 'type="jsonrpc"',
    r"\bcheck_access_(rights|rule)\b": "check_access or has_access",
    r"\(\s*[06]\s*,\s*0\s*,\s*[\[{]": "Command.create, Command.set",
}
XML = {
    r"<tree\b": "<list>",
    r"view_mode\"?>[^<]*\btree\b": "list",
    r"\b(attrs|states)=": "invisible=, readonly=, required=",
    r"kanban-box": 't-name="card"',
    r"oe_chatter": "<chatter/>",
    r"\bt-(raw|esc)=": "t-out",
    r"name=\"(numbercall|doall)\"": "nothing: the cron repeats for ever",
    r"name=\"(groups_id|category_id)\" eval": "group_ids, privilege_id",
    r"target\"?>inline<": "current or new",
}


@rule("idioms-python")
def check_python(repository: Repository) -> Iterator[Finding]:
    """Python is written for Odoo 19."""
    for addon in repository.addons:
        for source in addon.sources + addon.test_sources:
            for number, line in enumerate(source.text.splitlines(), 1):
                for pattern, instead in PYTHON.items():
                    if re.search(pattern, line):
                        yield source.path, number, f"{line.strip()}: use {instead}"


@rule("idioms-xml")
def check_xml(repository: Repository) -> Iterator[Finding]:
    """Views and data are written for Odoo 19."""
    for addon in repository.addons:
        for file in addon.xml_files:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                for pattern, instead in XML.items():
                    if re.search(pattern, line):
                        yield file, number, f"{line.strip()}: use {instead}"
