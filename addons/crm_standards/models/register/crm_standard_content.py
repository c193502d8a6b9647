from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import html2plaintext

from ...logic import version as logic

#: Languages of a version's words when none is installed besides.
SOURCE_LANG = "en_US"


class CrmStandard(models.Model):
    """What a standard says: as values, to compare and to seal, and as words, to read.

    The values decide whether two versions say the same. The words are kept in every language the
    company uses, because names of stages, fields and people change in the meantime.
    """

    _inherit = "crm.standard"

    assessor_id = fields.Many2one(
        "res.users",
        string="Assessed by",
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Looks regularly whether the standard is kept. Everybody it applies to may know who.",
    )
    assessment = fields.Text(
        string="How it is assessed",
        translate=True,
        help="What is looked at, how often, and by what measure: the same for everybody.",
    )
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "crm_standard_attachment_rel",
        string="Attachments",
        help="Forms, price lists and samples that belong to the standard.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        standards = super().create(vals_list)
        standards.filtered("attachment_ids")._claim_files()
        return standards

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_files()
        return result

    @api.model
    def _get_content_fields(self) -> Iterable[str]:
        """Hook: return the fields of a standard that belong to what it says."""
        return [
            "name",
            "code",
            "document_type",
            "company_id",
            "team_ids",
            "group_ids",
            "reader_ids",
            "lead_type",
            "date_from",
            "date_to",
            "description",
            "assessor_id",
            "assessment",
            "approver_ids",
        ]

    @api.model
    def _get_part_names(self) -> list[str]:
        """Hook: return the One2many fields whose lines belong to what the standard says.

        By default all that are copied with the standard and inherit ``crm.standard.part``.
        """
        return [
            name
            for name, field in self._fields.items()
            if field.type == "one2many"
            and field.copy
            and hasattr(self.env[field.comodel_name], "_link_source")
        ]

    def _get_parts(self) -> list:
        """Return the parts that apply, in their order, as records of one or several models."""
        self.ensure_one()
        return [part for name in self._get_part_names() for part in self[name] if part.active]

    def _get_named(self) -> list:
        """Return what the parts name and what decides what they mean, each record once."""
        self.ensure_one()
        named = (
            record
            for part in self._get_parts()
            for name in part._get_named_fields()
            for record in part[name]
        )
        return list(dict.fromkeys(named))

    # ---- values ----------------------------------------------------------------------------

    def _get_content(self) -> logic.Content:
        """Return what the standard says now, as plain values."""
        self.ensure_one()
        # what a version says does not depend on who asks, in which language and company
        standard = self.with_env(self.env(su=True, context={"active_test": False}))
        return logic.Content(
            values=self._get_values(standard, self._get_content_fields()),
            files=tuple((file.name, file.checksum or "") for file in standard.attachment_ids),
            parts=tuple(
                logic.Part(
                    part._name, part._get_key(), self._get_values(part, part._get_content_fields())
                )
                for part in standard._get_parts()
            ),
            named=tuple(
                logic.Part(
                    record._name, record.id, self._get_values(record, record._get_standard_fields())
                )
                for record in standard._get_named()
            ),
        )

    @api.model
    def _get_values(self, record, names: Iterable[str]) -> dict[str, Any]:
        """Return a record's fields as values JSON knows."""
        return {name: self._get_value(record, name) for name in names}

    @api.model
    def _get_value(self, record, name: str) -> Any:
        """Return one field as a value JSON knows; a translated one in all its languages."""
        field, value = record._fields[name], record[name]
        if field.translate and field.store:
            texts = field._get_stored_translations(record) or {}
            return {lang: text for lang, text in texts.items() if not lang.startswith("_")}
        if field.type == "many2one":
            return value.id or None
        if field.type == "many2many":
            return sorted(value.ids)
        if field.type == "one2many":
            names = [n for n, f in value._fields.items() if self._is_line_content(f, field)]
            return [self._get_values(line, names) for line in value]
        if field.type in ("date", "datetime"):
            return fields.Datetime.to_string(value) if value else None
        return str(value) if field.type == "html" else value

    @api.model
    def _is_line_content(self, field, parent) -> bool:
        """Tell whether a field of a line below a part belongs to what the part says."""
        return bool(
            field.store
            and field.copy
            and field.type != "binary"
            and field.name not in (*models.MAGIC_COLUMNS, parent.inverse_name)
        )

    # ---- words -----------------------------------------------------------------------------

    def _get_words(self) -> dict[str, Any]:
        """Return the content in words, by language.

        Each is a dict with ``fields``: [field, label, text], and ``parts``: {"id": "model,key",
        "kind": what such parts are called, "title", "text", "fields"}, and ``named``: the same
        of what the parts name, without fields. Lists, because they are read in their order and
        the database keeps none in a dict.
        """
        self.ensure_one()
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return {lang: self._get_words_in(lang) for lang in dict.fromkeys([SOURCE_LANG, *installed])}

    def _get_words_in(self, lang: str) -> dict[str, Any]:
        """Return the content in the words of one language."""
        # as in _get_content
        context = {"active_test": False, "lang": lang}
        standard = self.with_env(self.env(su=True, context=context))
        return {
            "fields": self._read_labels(standard, standard._get_content_fields()),
            "parts": [
                {
                    "id": f"{part._name},{part._get_key()}",
                    "kind": self._get_part_kind(part),
                    "title": part.display_name,
                    "text": part._get_words(),
                    "fields": self._read_labels(part, part._get_content_fields()),
                }
                for part in standard._get_parts()
            ],
            "named": [
                {
                    "id": f"{record._name},{record.id}",
                    "kind": record.env["ir.model"]._get(record._name).name,
                    "title": record.display_name,
                    "text": record._get_standard_words(),
                }
                for record in standard._get_named()
            ],
        }

    @api.model
    def _get_part_kind(self, part) -> str:
        """Return what such parts are called: the label of the list they stand in."""
        for name in part.standard_id._get_part_names():
            field = part.standard_id._fields[name]
            if field.comodel_name == part._name:
                return self._get_label(part.standard_id, name)
        return part._description

    @api.model
    def _read_labels(self, record, names: Iterable[str]) -> list[list[str]]:
        """Return name, label and text of a record's fields, in their order."""
        texts = self.env["crm.standard.history"]._read_texts(record, names)
        for name in names:
            if record._fields[name].type == "html":
                texts[name] = html2plaintext(record[name] or "").strip()
            elif name in self._get_condition_names(record):
                texts[name] = record._describe_condition(name)
        return [[name, self._get_label(record, name), texts[name]] for name in names]

    @api.model
    def _get_condition_names(self, record) -> Iterable[str]:
        """Return the fields of a part in which a condition is written."""
        return record._get_domain_fields() if hasattr(record, "_get_domain_fields") else ()

    @api.model
    def _get_label(self, record, name: str) -> str:
        """Return what the form calls a field."""
        return record._fields[name].get_description(record.env, ["string"])["string"]

    # ---- attachments -----------------------------------------------------------------------

    def _claim_files(self) -> None:
        """Bind newly uploaded files to their standard, so that whoever reads it may have them."""
        for standard in self:
            files = standard.attachment_ids
            files.check_access("read")  # nobody publishes what he may not read himself
            own = files.filtered(lambda f: not f.res_id and f.create_uid == self.env.user)
            if own:
                # sudo: the uploader may not be allowed to write attachments of others' standards
                own.sudo().write({"res_model": self._name, "res_id": standard.id})

    @api.constrains("attachment_ids")
    def _check_files(self):
        for standard in self:
            names = standard.attachment_ids.filtered("public").mapped("name")
            if names:
                raise UserError(
                    self.env._(
                        "Attach files of your own to “%(standard)s”: “%(file)s” is open to the"
                        " public already.",
                        standard=standard.display_name,
                        file=names[0],
                    )
                )
