from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...logic.loss import LossRule
from ..contacts.crm_standard_contact_norm import STRENGTHS

#: What may be asked: by the box that asks it, the field of the lead.
NEEDS = {
    "is_reason_needed": "lost_reason_id",
    "is_competitor_needed": "lost_competitor_id",
    "is_price_needed": "lost_price",
    "is_note_needed": "lost_note",
}


class CrmStandardLoss(models.Model):
    """What has to be said when a deal is lost. The date of the loss is noted by itself."""

    _name = "crm.standard.loss"
    _description = "Rule on Losses"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    reason_ids = fields.Many2many(
        "crm.lost.reason",
        "crm_standard_loss_reason_rel",
        string="Lost for",
        help="Only deals lost for these reasons: for example, ask for the competitor where a"
        " competitor was chosen. Leave empty for every loss.",
    )
    is_reason_needed = fields.Boolean(string="Reason", default=True)
    is_competitor_needed = fields.Boolean(string="Competitor")
    is_price_needed = fields.Boolean(string="Competitor's price")
    is_note_needed = fields.Boolean(string="What went wrong")
    domain = fields.Char(
        string="Applies to",
        help="Only these leads; leave empty for all leads the standard speaks of.",
    )
    strength = fields.Selection(
        STRENGTHS,
        default="block",
        required=True,
        help="Advise: shown when a deal is lost, nothing else. Record: the deal is lost and what is"
        " missing goes into the register. Block: a person cannot lose the deal without saying it;"
        " where nobody is at the screen, the deal is lost and what is missing is asked for.",
    )
    requirement = fields.Char(compute="_compute_requirement", help="The rule in one sentence.")
    problem = fields.Char(compute="_compute_problem", help="Why the rule cannot be applied.")

    @api.depends("reason_ids", "domain", *NEEDS)
    @api.depends_context("lang")
    def _compute_requirement(self):
        for rule in self:
            # every employee may read what is asked of him
            names = ", ".join(self.env["crm.standard.gate"]._get_field_labels(rule._get_needs()))
            reasons = ", ".join(rule.reason_ids.mapped("name"))
            if reasons:
                rule.requirement = self.env._(
                    "When a deal is lost for %(reasons)s, say: %(fields)s",
                    reasons=reasons,
                    fields=names,
                )
            else:
                rule.requirement = self.env._("When a deal is lost, say: %(fields)s", fields=names)

    @api.depends("domain", *NEEDS)
    @api.depends_context("lang")
    def _compute_problem(self):
        for rule in self:
            rule.problem = rule._find_problem()

    @api.constrains("domain", "active", *NEEDS)
    def _check_applicable(self):
        for rule in self:
            if problem := rule._find_problem():
                raise ValidationError(
                    self.env._("Rule “%(rule)s”: %(problem)s", rule=rule.name, problem=problem)
                )

    def _get_needs(self) -> tuple[str, ...]:
        """Return the fields of the lead that this rule asks for."""
        self.ensure_one()
        return tuple(name for box, name in NEEDS.items() if self[box])

    def _find_problem(self) -> str:
        """Return why the rule cannot be applied, or an empty text."""
        self.ensure_one()
        if not self._get_needs():
            return self.env._("choose what has to be said.")
        return self._find_condition_problem(self.domain, "crm.lead")

    def _get_words(self) -> str:
        """Return what has to be said of which losses, and how strictly."""
        return self._join_words(
            self.requirement, self._describe_condition(), self._get_choice("strength")
        )

    @api.model
    @ormcache()
    def _get_rulebook(self) -> tuple[LossRule, ...]:
        """Return the rules on losses of all standards in force, in their order.

        Kept in memory with the rules of stages, see :meth:`crm.standard._get_rulebook`.
        """
        rules = self._search_law()
        return tuple(rule._to_logic() for rule in rules if not rule.problem)

    def _to_logic(self) -> LossRule:
        """Return the rule as the logic wants it."""
        self.ensure_one()
        return LossRule(
            id=self.id,
            strength=self.strength,
            needs=self._get_needs(),
            reason_ids=frozenset(self.reason_ids.ids),
            domain=self.domain or "",
            scope=self.standard_id._to_scope(),
        )
