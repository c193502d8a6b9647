from __future__ import annotations

from contextlib import nullcontext

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...logic.gate import remember
from ...origin import MAIL, PERSON, SYSTEM, origin_of, unattended
from .gate_watch import Watch
from .mail_activity import merging

#: Where the gate has seen a lead last. Nobody writes them but the gate.
LOGGED_FIELDS = ("logged_stage_id", "logged_outcome", "standard_rule_memory")


class CrmLead(models.Model):
    """Leads and opportunities go through the gate of the company's standards.

    Three doors lead to a new stage: it is created with the lead, written, or computed (change of
    team, conversion of a lead). Each ends at :meth:`crm.standard.gate._settle`.
    """

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.deadline.mixin"]

    logged_stage_id = fields.Many2one(
        "crm.stage", string="Last lawful stage", copy=False, readonly=True, ondelete="set null"
    )
    logged_outcome = fields.Selection(
        [("pending", "Open"), ("won", "Won"), ("lost", "Lost")],
        string="Last logged outcome",
        copy=False,
        readonly=True,
    )
    standard_rule_memory = fields.Json(
        copy=False,
        readonly=True,
        help="Rules that spoke to this lead once and do so no more, with the stage it stood in"
        " then: should it come back, the way is judged from there.",
    )
    standard_violation_count = fields.Integer(
        string="Open violations", compute="_compute_standard_violation_count"
    )
    standard_readiness = fields.Json(compute="_compute_standard_readiness")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_standard_violation_count(self):
        counts = dict(
            self.env["crm.standard.violation"]._read_group(
                [("lead_id", "in", self.ids), ("state", "=", "open")], ["lead_id"], ["__count"]
            )
        )
        for lead in self:
            lead.standard_violation_count = counts.get(lead._origin, 0)

    @api.depends("stage_id", "team_id", "type", "company_id")
    @api.depends_context("lang")
    def _compute_standard_readiness(self):
        describe = self.env["crm.standard.readiness"]._describe
        for leads in self.grouped("team_id").values():
            stages = leads[:1]._get_standard_stages()
            for lead in leads:
                lead.standard_readiness = describe(lead, stages)

    # ---- the three doors ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_logged_fields(vals)
        # explicit, because the caller's context could give defaults for them
        unborn = dict.fromkeys(LOGGED_FIELDS, False)
        gate = self.env["crm.standard.gate"]
        with gate._watching(Watch(is_birth=True)):
            leads = super().create([{**vals, **unborn} for vals in vals_list])
        # code that works in sudo on somebody's behalf must not lose what it takes in
        is_elevated = self.env.su and origin_of(self.env) == PERSON
        with unattended(SYSTEM) if is_elevated else nullcontext():
            gate._settle(leads)
        return leads

    def write(self, vals):
        self._check_logged_fields(vals)
        gate = self.env["crm.standard.gate"]
        with gate._watching(gate._prepare_watch(self, vals)) as watch:
            result = super().write(vals)
            self._recompute_recordset(["stage_id", "won_status"])
        if watch.is_touched or watch.before:
            gate._settle(gate._claim(self), watch)
        return result

    def _compute_field_value(self, field):
        result = super()._compute_field_value(field)
        if field.name in ("stage_id", "won_status") and any(self._ids):
            gate = self.env["crm.standard.gate"]
            if leads := gate._claim(self.filtered("id")):
                gate._settle(leads)
        return result

    def _write_past_gate(self, vals):
        """Write as core does, without judging: only the gate itself comes this way."""
        # pylint: disable=super-method-mismatch; going round our own write is the point
        return super().write(vals)

    @api.model
    def _check_logged_fields(self, vals):
        """Refuse to set what only the gate may set."""
        if not vals.keys().isdisjoint(LOGGED_FIELDS):
            raise AccessError(
                self.env._("The last lawful stage is kept by the log of stages, not by hand.")
            )

    def _is_off_the_log(self) -> bool:
        """Tell whether this lead stands elsewhere than the gate has seen it last."""
        return self.stage_id != self.logged_stage_id or self.won_status != self.logged_outcome

    def _remember_position(self, stage_id, outcome) -> None:
        """Note where the gate has seen this lead (the ORM saves it with the other changes)."""
        self._fields["logged_stage_id"].write(self, stage_id)
        self._fields["logged_outcome"].write(self, outcome)

    def _get_rule_memory(self) -> dict[int, int | None]:
        """Return the stage in which each rule that speaks no more has seen this lead last."""
        return {int(rule): stage for rule, stage in (self.standard_rule_memory or {}).items()}

    def _remember_rules(self, was, now) -> None:
        """Note which rules have let this lead go, and where."""
        memory = self._get_rule_memory()
        new = remember(was, now, self.stage_id.id or None, memory)
        if new != memory:
            self._fields["standard_rule_memory"].write(self, {str(r): s for r, s in new.items()})

    def _get_standard_stages(self):
        """Hook: return the stages of this lead's process in their order."""
        stages = self.env["crm.stage"].sudo()  # stages are no secret; visitors cannot read them
        teams = self.team_id._origin.ids
        return stages.search(["|", ("team_ids", "=", False), ("team_ids", "in", teams)])

    def _merge_dependences(self, opportunities):
        with merging():
            result = super()._merge_dependences(opportunities)
            opportunities._hand_over_done_activities(self)
        # merging must not wash a lead clean, whoever may see its violations
        violations = self.env["crm.standard.violation"].sudo()
        violations.search([("lead_id", "in", opportunities.ids)])._follow_merge(self)
        return result

    # ---- the mail gateway -----------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        with self._by_mail():
            return super().message_new(msg_dict, custom_values=custom_values)

    def message_update(self, msg_dict, update_vals=None):
        with self._by_mail():
            return super().message_update(msg_dict, update_vals=update_vals)

    def _by_mail(self):
        """Return the context of incoming mail: a refusal would reach nobody.

        The gateway calls in sudo, which nobody can from outside; whoever calls these public
        methods over RPC stays the person he is.
        """
        return unattended(MAIL) if self.env.su else nullcontext()

    # ---- time limits ----------------------------------------------------------------------

    def _deadline_reconcile(self, clocks):
        self.env["crm.standard.time.limit"]._reconcile(clocks)
        return super()._deadline_reconcile(clocks)

    def _deadline_missed(self, clocks):
        self.env["crm.standard.time.limit"]._register_late(clocks)
        return super()._deadline_missed(clocks)

    # ---- buttons --------------------------------------------------------------------------

    def action_view_standard_violations(self):
        """Open the violations of this lead."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_violation_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {}
        return action

    def action_view_standard_transitions(self):
        """Open the log of this lead's stages."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_transition_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {}
        return action
