from odoo import api, fields, models
from odoo.exceptions import UserError

from .crm_lead import LOGGED_FIELDS


class CrmLead(models.Model):
    """What the panel does for the user: ask for approvals and exceptions, tick steps.

    Each is open to whoever may write the lead, and to nobody else.
    """

    _inherit = "crm.lead"

    @api.readonly
    def preview_standard_readiness(self, values):
        """Return what the panel shows if these values were on the lead; nothing is saved.

        :param values: what was typed, as ``write`` takes it; unknown fields are left out, and so
            are records the user may not read, since conditions could tell about them
        """
        self.check_access("read")
        lead = self.new(self._keep_readable(values), origin=self[:1])
        stages = lead._get_standard_stages()
        return self.env["crm.standard.readiness"]._describe(lead, stages)

    def _keep_readable(self, values: dict) -> dict:
        """Return the values without fields a lead has not and records the user may not see."""
        kept = {}
        for name, value in values.items():
            field = self._fields.get(name)
            if not field or name in LOGGED_FIELDS or not self._has_field_access(field, "read"):
                continue
            if field.type == "many2one" and value:
                record = self.env[field.comodel_name].browse(value).exists()
                value = record._filtered_access("read").id
            elif field.type in ("one2many", "many2many", "many2one_reference", "reference"):
                continue
            kept[name] = value
        return kept

    def action_request_standard_approval(self, rule_id, reason=""):
        """Ask the rule's role to approve; ``rule_id`` must be a rule in force that asks for it."""
        rule = self._get_standard_rule(rule_id)
        if rule.requirement_kind != "approval":
            raise UserError(self.env._("“%(rule)s” asks for no approval.", rule=rule.name))
        return self.env["crm.standard.approval"]._ask(self, rule, reason)._describe_state()

    def action_ask_standard_override(self, rule_id, reason=""):
        """Ask for an exception from a blocking rule, once, for this lead."""
        rule = self._get_standard_rule(rule_id)
        return self.env["crm.standard.override"]._ask(self, rule, reason)._describe_state()

    def action_tick_standard_step(self, step_id, is_done=True):
        """Tick a step of a checklist, or take the tick back.

        The step is an activity of the lead: one that is planned is marked as done, else a new one
        is made and marked as done at once.
        """
        self._check_standard_work()
        step = self._get_standard_step(step_id)
        # the user may write the lead; whose activity it was planned as does not matter here
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        known = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("standard_step_id", "=", step.id),
            ],
            order="active, id desc",
        )
        if not is_done:
            known.filtered("standard_date_done").write({"active": True})
        elif not known.filtered("standard_date_done"):
            planned = known.filtered("active")[:1] or self._plan_standard_step(step)
            planned.action_feedback()

    def action_plan_standard_steps(self, step_ids):
        """Make activities of the steps that are neither planned nor done yet."""
        self._check_standard_work()
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)  # see tick
        known = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("standard_step_id", "in", list(step_ids)),
            ]
        ).standard_step_id
        for step_id in step_ids:
            step = self._get_standard_step(step_id)
            if step not in known:
                self._plan_standard_step(step)

    def _hand_over_done_activities(self, head) -> None:
        """Let what was done for these leads count for the one they are merged into.

        Core takes over what is still to do only; the rest would be lost with the leads.
        """
        # merging loses nobody's work, whoever may see it
        activities = self.env["mail.activity"].sudo().with_context(active_test=False)
        done = activities.search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("standard_date_done", "!=", False),
            ]
        )
        done.write({"res_id": head.id})

    def _check_standard_work(self) -> None:
        """Refuse whoever may not work on this lead."""
        self.ensure_one()
        self.check_access("write")

    def _get_standard_rule(self, rule_id):
        """Return a rule in force that speaks to this lead, in sudo, or refuse."""
        self._check_standard_work()
        gate = self.env["crm.standard.gate"]
        # what is asked of a lead is no secret to whoever may write it
        if rule_id not in [rule.id for rule in gate._rules_for(self.sudo())]:
            raise UserError(self.env._("This rule does not speak to “%(lead)s”.", lead=self.name))
        return self.env["crm.standard.rule"].sudo().browse(rule_id)  # see above

    def _get_standard_step(self, step_id):
        """Return a step of a checklist that a rule asks of this lead, in sudo, or refuse."""
        gate = self.env["crm.standard.gate"]
        key = self.env["crm.standard.requirement"]._get_step_key(step_id)
        # see _get_standard_rule
        if not any(key in rule.needs for rule in gate._rules_for(self.sudo())):
            raise UserError(self.env._("No rule asks this step of “%(lead)s”.", lead=self.name))
        return self.env["mail.activity.plan.template"].sudo().browse(step_id)  # see above

    def _plan_standard_step(self, step):
        """Return a new activity for a step, as core's own plans make it.

        Whoever has left gets no work: it goes to the salesperson, else to who plans it.
        """
        salesperson = self.user_id.filtered("active") or self.env.user
        person = step._determine_responsible(salesperson, self)["responsible"]
        person = person.filtered("active") or salesperson
        return (
            self.env["mail.activity"]
            .sudo()  # see action_tick_standard_step
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(self._name),
                    "res_id": self.id,
                    "activity_type_id": step.activity_type_id.id,
                    "summary": step.summary,
                    "note": step.note,
                    "user_id": person.id,
                    "date_deadline": step._get_date_deadline(fields.Date.context_today(self)),
                    "standard_step_id": step.id,
                }
            )
        )
