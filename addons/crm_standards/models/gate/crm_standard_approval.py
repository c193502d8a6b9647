from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic.approval import changed, snapshot


class CrmStandardApproval(models.Model):
    """Somebody in a role agrees that a lead goes on, on the facts as they are.

    It is for this lead and this rule. When one of the facts it was given on changes, it holds no
    more: who agreed to a discount did not agree to twice the discount. Nor does it when the rule
    wants another role since; people who come into a role or leave it change nothing.
    """

    _name = "crm.standard.approval"
    _description = "Approval of a Step"
    _inherit = ["crm.standard.request"]

    facts = fields.Json(readonly=True, help="The facts it was asked for, by field.")
    role_id = fields.Many2one(
        "crm.standard.role",
        string="In the role",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The role the rule wanted when it was asked for.",
    )
    facts_text = fields.Text(
        string="On these facts", compute="_compute_facts_text", help="As they were when asked."
    )
    has_lapsed = fields.Boolean(
        string="Lapsed",
        compute="_compute_has_lapsed",
        help="A fact it was given on has changed since, or the rule asks for more facts or another"
        " role now.",
    )
    decision_ids = fields.One2many("crm.standard.decision", "approval_id", readonly=True)

    _one_waits = models.UniqueIndex(
        "(lead_id, rule_id) WHERE state = 'requested'", "This approval is asked for already."
    )

    @api.depends("facts")
    @api.depends_context("lang")
    def _compute_facts_text(self):
        lead_fields = self.env["crm.lead"]._fields
        for approval in self:
            approval.facts_text = "\n".join(
                f"{lead_fields[name].get_description(self.env, ['string'])['string']}:"
                f" {approval._get_fact_label(name, text)}"
                for name, text in (approval.facts or {}).items()
                if name in lead_fields
            )

    @api.depends("facts", "lead_id", "role_id", "rule_id.role_id")
    def _compute_has_lapsed(self):
        for approval in self:
            lead = approval.sudo().lead_id  # whether a fact changed is no secret to the approver
            facts = approval.facts or {}
            approval.has_lapsed = bool(lead) and not (
                approval._is_for(lead, facts)
                and facts.keys() >= approval._get_asked_facts()
                and approval._is_by_role()
            )

    @api.model
    def _get_fact_label(self, name: str, text: str) -> str:
        """Return a fact as people read it: the name of a customer, not a number."""
        field = self.env["crm.lead"]._fields[name]
        if field.relational and text:
            ids = [int(part) for part in text.split(",")]
            records = self.env[field.comodel_name].sudo().browse(ids).exists()  # what he agrees to
            return ", ".join(records.mapped("display_name"))
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(text, text)
        return text

    @api.model
    def _take_facts(self, lead, names) -> dict[str, str]:
        """Return the facts of a lead as texts to keep or to compare."""
        values = {}
        for name in names:
            if field := lead._fields.get(name):
                values[name] = tuple(lead[name]._origin.ids) if field.relational else lead[name]
        return snapshot(values)

    @api.model
    def _is_for(self, lead, facts: dict[str, str]) -> bool:
        """Tell whether a lead still is as these facts say."""
        return not changed(facts, self._take_facts(lead, facts))

    def _is_by_role(self) -> bool:
        """Tell whether the role that was asked is the one the rule wants now."""
        approval = self.sudo()  # who must approve is no secret to who is asked
        # older releases did not note the role
        return not approval.role_id or approval.role_id == approval.rule_id.role_id

    def _get_asked_facts(self) -> set[str]:
        """Return the facts the rule wants to be looked at now."""
        rule = self.sudo().rule_id  # the rule's own law
        return set(self.env["crm.standard.requirement"].sudo()._get_reads(rule))

    @api.model
    def _get_approvers(self, lead, rule):
        role = rule.role_id
        # where the asker himself comes first in the role, the others in it decide, then the owner
        for people in (role._get_present_people(lead), role.user_ids.filtered("active")):
            if others := people - self.env.user:
                return others
        return super()._get_approvers(lead, rule)

    @api.model
    def _prepare_request(self, lead, rule, reason, people):
        vals = super()._prepare_request(lead, rule, reason, people)
        names = self.env["crm.standard.requirement"]._get_reads(rule.sudo())  # the rule's own law
        # the law applies also where the asker may not look
        facts = self._take_facts(lead.sudo(), names)
        return {**vals, "facts": facts, "role_id": rule.sudo().role_id.id}

    def action_approve(self, reason=""):
        for approval in self:
            if approval.has_lapsed:
                raise UserError(
                    self.env._(
                        "“%(approval)s” was asked for on other facts than the opportunity has now,"
                        " or of another role. Refuse it, and let it be asked for anew.",
                        approval=approval.display_name,
                    )
                )
        return super().action_approve(reason)
