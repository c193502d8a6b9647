from __future__ import annotations

import json
from functools import cache

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open, file_path

from ..logic.ready_set import PARTS, SAME_FIELDS, is_text

#: The sets, in the order they are offered.
SETS = ("b2b_sale", "project_sale", "wholesale_chains")
LOCALES = {"en": "en_US", "ru": "ru_RU"}
#: What who writes standards may not make himself: made from the set's file only.
SYSTEM_MODELS = frozenset({"crm.lost.reason"})


@cache
def read_set(key: str) -> dict:
    """Return the content of a set's file (see :mod:`..logic.ready_set`)."""
    path = file_path(f"crm_standards/data/ready_sets/{key}.json")
    with file_open(path, "r") as file:
        return json.load(file)


class CrmStandardReadySet(models.TransientModel):
    """Loads a ready set of standards as drafts, for the user to edit and put in force.

    Nothing that is there already is changed: stages, roles and terms of the same name are used
    again, everything else is made.
    """

    _name = "crm.standard.ready.set"
    _description = "Ready Set of Standards"
    _rec_name = "set_key"

    set_key = fields.Selection(
        "_select_sets", string="Set", required=True, default=SETS[0], help="What your sale is like."
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        required=True,
        default=lambda self: self.env.user.sale_team_id or self.env["crm.team"].search([], limit=1),
        help="The standards are made for this team.",
    )
    summary = fields.Html(compute="_compute_summary", sanitize=True)
    stage_ids = fields.One2many(
        "crm.standard.ready.set.stage",
        "wizard_id",
        string="Stages",
        compute="_compute_stage_ids",
        store=True,
        readonly=False,
        help="Which stage of yours is meant. Where you choose none, it is made for the team.",
    )

    @api.model
    def _select_sets(self):
        return [(key, self._get_text(read_set(key)["name"])) for key in SETS]

    @api.depends("set_key")
    @api.depends_context("lang")
    def _compute_summary(self):
        for wizard in self:
            content = read_set(wizard.set_key) if wizard.set_key else {}
            wizard.summary = self.env["ir.qweb"]._render(
                "crm_standards.crm_standard_ready_set_summary",
                {
                    "summary": self._get_text(content.get("summary")),
                    "standards": [
                        {
                            "name": self._get_text(standard["name"]),
                            "items": [
                                self._get_item_name(item)
                                for part in standard.values()
                                if isinstance(part, list)
                                for item in part
                                if isinstance(item, dict)
                            ],
                        }
                        for standard in content.get("standards", ())
                    ],
                },
            )

    @api.depends("set_key", "team_id")
    def _compute_stage_ids(self):
        for wizard in self:
            lines = [fields.Command.clear()]
            if wizard.set_key and wizard.team_id:
                stages = wizard._get_stages()
                lines += [
                    fields.Command.create(
                        {
                            "key": stage["key"],
                            "name": self._get_text(stage["name"]),
                            "stage_id": wizard._find_by_name(stages, stage["name"]).id,
                        }
                    )
                    for stage in read_set(wizard.set_key)["stages"]
                ]
            wizard.stage_ids = lines

    def _get_stages(self):
        """Return the stages the team uses."""
        return self.env["crm.stage"].search(
            ["|", ("team_ids", "=", False), ("team_ids", "in", self.team_id.ids)]
        )

    @api.model
    def _get_text(self, text) -> str:
        """Return a text of a set in the user's language."""
        if not text:
            return ""
        return text["ru" if (self.env.lang or "").startswith("ru") else "en"]

    @api.model
    def _get_item_name(self, item) -> str:
        """Return what a line of a standard is called: its name, or the field it asks for."""
        if "name" in item:
            return self._get_text(item["name"])
        model, name = item["field_id"].split("/")
        return self.env[model]._fields[name].get_description(self.env, ["string"])["string"]

    @api.model
    def _find_by_name(self, records, text):
        """Return the first record that bears one of the text's names in its language."""
        for code, locale in LOCALES.items():
            for record in records.with_context(lang=locale):
                if record.name.casefold() == text[code].casefold():
                    return record.with_env(self.env)
        return records.browse()

    # ---- loading --------------------------------------------------------------------------

    def action_load(self):
        """Make the set's standards as drafts and open them."""
        self.ensure_one()
        self.env["crm.standard"].check_access("create")
        content = read_set(self.set_key)
        self._check_not_loaded(content)
        known = {line.key: self._take_stage(line).id for line in self.stage_ids}
        known |= {"user": self.env.uid, "team": self.team_id.id}
        for part, model in PARTS.items():
            for item in content.get(part, ()):
                known[item["key"]] = self._take(model, item, known).id
        standards = self.env["crm.standard"]
        for values in content["standards"]:
            extra = {"team_ids": [fields.Command.set(self.team_id.ids)]}
            if self.team_id.company_id:
                extra["company_id"] = self.team_id.company_id.id
            standards |= self._make("crm.standard", values, known, **extra)
        action = self.env["ir.actions.act_window"]._for_xml_id("crm_standards.crm_standard_action")
        return {**action, "domain": [("id", "in", standards.ids)], "context": {}}

    def _check_not_loaded(self, content) -> None:
        """Refuse to load a set for a team a second time."""
        codes = [standard["code"] for standard in content["standards"]]
        domain = [("code", "in", codes), ("team_ids", "in", self.team_id.ids)]
        standards = self.env["crm.standard"].with_context(active_test=False)
        if standard := standards.search(domain, limit=1):
            raise UserError(
                self.env._(
                    "“%(standard)s” of %(team)s was loaded from this set already. Edit it, delete"
                    " it, or choose another team.",
                    standard=standard.display_name,
                    team=self.team_id.name,
                )
            )

    def _take_stage(self, line):
        """Return the stage a line means, made for the team where the user has chosen none."""
        if line.stage_id:
            return line.stage_id
        stages = read_set(self.set_key)["stages"]
        position = [stage["key"] for stage in stages].index(line.key)
        values = {name: value for name, value in stages[position].items() if name != "key"}
        # sudo: who writes the standards of a process may make its stages, from the set's file only
        return self.sudo()._make(
            "crm.stage",
            values,
            {},
            sequence=position,
            team_ids=[fields.Command.set(self.team_id.ids)],
        )

    def _take(self, model, item, known):
        """Return the record of the item's name, made where there is none."""
        found = self._find_by_name(self._find_alike(model, item), item["name"])
        if found:
            return found
        values = {name: value for name, value in item.items() if name != "key"}
        # sudo: see SYSTEM_MODELS
        maker = self.sudo() if model in SYSTEM_MODELS else self
        return maker._make(model, values, known).with_env(self.env)

    def _find_alike(self, model, item):
        """Return the records that bear one of the item's names and serve the team's company."""
        domain = [("name", "in", list(item["name"].values()))]
        domain += [(name, "=", item[name]) for name in SAME_FIELDS if name in item]
        if "company_id" in self.env[model]._fields:
            domain.append(("company_id", "in", [False, self.team_id.company_id.id]))
        records = self.env[model]
        for locale in LOCALES.values():
            records |= self.env[model].with_context(lang=locale).search(domain).with_env(self.env)
        return records

    @api.model
    def _make(self, model, values, known, **extra):
        """Make a record and what belongs to it, in all languages the database has.

        :param known: ids of the things the values may refer to, by key
        :param extra: values as the ORM wants them
        """
        records = self.env[model].with_context(lang="en_US")
        plain, children, texts = dict(extra), {}, {}
        for name, value in values.items():
            field = records._fields[name]
            if field.type == "one2many":
                children[field] = value
            elif is_text(value):
                # what cannot be translated stands in the language of whoever loads the set
                plain[name] = value["en"] if field.translate else self._get_text(value)
                texts[name] = value
            else:
                plain[name] = self._resolve(field, value, known)
        record = records.create(plain)
        self._translate(record, texts)
        for field, items in children.items():
            for position, item in enumerate(items):
                link = {field.inverse_name: record.id, "sequence": 10 * (position + 1)}
                self._make(field.comodel_name, item, known, **link)
        return record.with_env(self.env)

    @api.model
    def _resolve(self, field, value, known):
        """Return a value of a set as the ORM wants it."""
        if value is False:
            return value
        if field.type == "many2one":
            return self._find_id(field, value, known)
        if field.type == "many2many":
            return [fields.Command.set([self._find_id(field, item, known) for item in value])]
        return value

    @api.model
    def _find_id(self, field, value, known) -> int:
        """Return the id a value refers to: a thing of the set, or a field by model and name."""
        if value.startswith("@"):
            return known[value[1:]]
        if field.comodel_name == "ir.model.fields":
            model, name = value.split("/")
            return self.env["ir.model.fields"]._get(model, name).id
        return self.env.ref(value).id

    @api.model
    def _translate(self, record, texts) -> None:
        """Write a record's texts in the other languages of the database."""
        for code, locale in LOCALES.items():
            if self.env["res.lang"]._get_code(locale) == locale:
                for name, text in texts.items():
                    if record._fields[name].translate:
                        record.with_context(lang=locale)[name] = text[code]
