from odoo import api, models
from odoo.tools import SQL

from ...logic.gate import need_key, split_need


class CrmStandardRequirement(models.AbstractModel):
    """A document of a kind must be attached to the lead, itself or in one of its messages."""

    _inherit = "crm.standard.requirement"

    @api.model
    def _get_needs(self, rule):
        if rule.requirement_kind == "document":
            return (need_key("document", rule.document_kind_id.id),)
        return super()._get_needs(rule)

    @api.model
    def _find_problem(self, rule):
        if rule.requirement_kind == "document" and not rule.document_kind_id:
            return self.env._("choose the kind of document that must be attached.")
        return super()._find_problem(rule)

    @api.model
    def _prepare_query(self, kind, needs, lead_ids):
        if kind != "document":
            return super()._prepare_query(kind, needs, lead_ids)
        # an empty file is no document; a chosen kind counts before the name
        return SQL(
            r"""
            (SELECT DISTINCT need.name, file.res_id, NULL::jsonb
               FROM unnest(%s::varchar[], %s::int[]) AS need(name, kind_id)
               JOIN crm_standard_document_kind AS kind ON kind.id = need.kind_id
               JOIN ir_attachment AS file
                 ON file.res_model = 'crm.lead' AND file.res_id = ANY(%s)
                AND file.res_field IS NULL
              WHERE file.type = 'binary' AND file.file_size > 0
                AND COALESCE(file.standard_kind_id = kind.id, file.name ILIKE kind.name_like)
                AND (kind.mimetype IS NULL OR file.mimetype ~ CASE kind.mimetype
                         WHEN 'pdf' THEN '^application/pdf$'
                         WHEN 'image' THEN '^image/'
                         ELSE '(officedocument|opendocument|msword|ms-excel|ms-powerpoint)' END))
            """,
            needs,
            [int(split_need(need)[1]) for need in needs],
            lead_ids,
            to_flush=[
                *self._get_read_fields("crm.standard.document.kind", "mimetype", "name_like"),
                *self._get_read_fields(
                    "ir.attachment",
                    "file_size",
                    "mimetype",
                    "name",
                    "res_field",
                    "res_id",
                    "res_model",
                    "standard_kind_id",
                    "type",
                ),
            ],
        )

    @api.model
    def _get_label(self, need):
        kind, detail, *_rest = split_need(need)
        if kind != "document":
            return super()._get_label(need)
        # what is asked of an employee is no secret to him
        document = self.env["crm.standard.document.kind"].sudo().browse(int(detail)).exists()
        return self.env._("attach “%(document)s”", document=document.name or "…")

    @api.model
    def _prepare_item(self, lead, rule, need, *, is_met):
        item = super()._prepare_item(lead, rule, need, is_met=is_met)
        if item["type"] == "document":
            item["document_kind_id"] = int(split_need(need)[1])
        return item
