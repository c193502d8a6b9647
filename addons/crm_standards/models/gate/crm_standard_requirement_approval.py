from odoo import api, models
from odoo.tools import SQL

from ...logic.gate import need_key, split_need


class CrmStandardRequirement(models.AbstractModel):
    """A role must have approved, and on the facts the lead still has."""

    _inherit = "crm.standard.requirement"

    @api.model
    def _get_needs(self, rule):
        if rule.requirement_kind == "approval":
            return (need_key("approval", rule.id),)
        return super()._get_needs(rule)

    @api.model
    def _get_reads(self, rule):
        if rule.requirement_kind == "approval":
            return tuple(rule.field_ids.mapped("name"))
        return super()._get_reads(rule)

    @api.model
    def _find_problem(self, rule):
        if rule.requirement_kind == "approval" and not rule.role_id:
            return self.env._("choose the role that must approve.")
        return super()._find_problem(rule)

    @api.model
    def _prepare_query(self, kind, needs, lead_ids):
        if kind != "approval":
            return super()._prepare_query(kind, needs, lead_ids)
        asked = self.env["crm.standard.rule"]._fields["field_ids"]
        return SQL(
            """
            (SELECT need.name, approval.lead_id, COALESCE(approval.facts, '{}'::jsonb)
               FROM unnest(%s::varchar[], %s::int[]) AS need(name, rule_id)
               JOIN crm_standard_approval AS approval ON approval.rule_id = need.rule_id
               JOIN crm_standard_rule AS rule ON rule.id = need.rule_id
              WHERE approval.lead_id = ANY(%s) AND approval.state = 'approved'
                AND COALESCE(approval.role_id, rule.role_id) = rule.role_id
                AND NOT EXISTS (SELECT FROM %s AS asked
                                  JOIN ir_model_fields AS field ON field.id = asked.%s
                                 WHERE asked.%s = need.rule_id
                                   AND NOT COALESCE(approval.facts, '{}'::jsonb) ? field.name))
            """,
            needs,
            [int(split_need(need)[1]) for need in needs],
            lead_ids,
            # another role has not approved by that, see crm.standard.approval;
            # who approved before the rule asked for a fact has not looked at it
            *map(SQL.identifier, (asked.relation, asked.column2, asked.column1)),
            to_flush=[
                asked,
                *self._get_read_fields(
                    "crm.standard.approval", "facts", "lead_id", "role_id", "rule_id", "state"
                ),
                *self._get_read_fields("crm.standard.rule", "role_id"),
            ],
        )

    @api.model
    def _is_met(self, lead, need, stamps):
        if split_need(need)[0] == "approval":
            is_for = self.env["crm.standard.approval"]._is_for
            return any(is_for(lead, facts) for facts in stamps)
        return super()._is_met(lead, need, stamps)

    @api.model
    def _get_label(self, need):
        kind, detail, *_rest = split_need(need)
        if kind != "approval":
            return super()._get_label(need)
        # what is asked of an employee is no secret to him
        rule = self.env["crm.standard.rule"].sudo().browse(int(detail)).exists()
        return self.env._("get the approval of: %(role)s", role=rule.role_id.name or "…")

    @api.model
    def _prepare_item(self, lead, rule, need, *, is_met):
        item = super()._prepare_item(lead, rule, need, is_met=is_met)
        if item["type"] == "approval":
            register = self.env["crm.standard.approval"].sudo()  # see _get_label
            domain = [("lead_id", "=", lead._origin.id), ("rule_id", "=", rule.id)]
            item["rule_id"] = rule.id
            item["request"] = register.search(domain, limit=1)._describe_state()
        return item
