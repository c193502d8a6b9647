from odoo import api, fields, models
from odoo.fields import Domain

from .crm_deadline_policy_version import DECISIVE


class CrmDeadlinePolicy(models.Model):
    """The versions of a policy: what was promised by which wording."""

    _inherit = "crm.deadline.policy"

    version_ids = fields.One2many(
        "crm.deadline.policy.version", "policy_id", "Versions", readonly=True, copy=False
    )
    reapply_job_ids = fields.One2many(
        "crm.deadline.reapply.job",
        "policy_id",
        "Policies Applied to All",
        readonly=True,
        copy=False,
        groups="crm_deadline.group_manager",
    )
    version_id = fields.Many2one(
        "crm.deadline.policy.version",
        "Current Version",
        compute="_compute_version_id",
        help="What clocks are started by from now on.",
    )
    change_reason = fields.Char(
        "Reason for Change",
        compute="_compute_change_reason",
        readonly=False,
        copy=False,
        help="Why the term is changed. It stands in the list of versions for good.",
    )
    old_clock_count = fields.Integer(
        "Deadlines by Older Versions",
        compute="_compute_old_clock_count",
        help="Open deadlines you may read that are counted by an older version. They stay so "
        "until somebody applies the current one to them.",
    )

    @api.depends("version_ids")
    def _compute_version_id(self):
        for policy in self:
            policy.version_id = policy.version_ids.sorted("number")[-1:]

    def _compute_change_reason(self):
        self.change_reason = False

    @api.depends("version_ids")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_old_clock_count(self):
        groups = self.env["crm.deadline.clock"]._read_group(
            self._old_clock_domain(), ["policy_id"], ["__count"]
        )
        counts = {policy.id: count for policy, count in groups}
        for policy in self:
            policy.old_clock_count = counts.get(policy.id, 0)

    def _old_clock_domain(self):
        """Return the domain of the running and paused clocks by an older version."""
        return (
            Domain("policy_id", "in", self.ids)
            & Domain("state", "in", ["running", "paused"])
            & Domain("version_id", "not in", self.version_id.ids)
        )

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        for policy, vals in zip(policies, vals_list, strict=True):
            policy._add_version(vals.get("change_reason"))
        return policies

    def write(self, vals):
        result = super().write(vals)
        if not vals.keys().isdisjoint(DECISIVE):
            for policy in self:
                policy._keep_version(vals.get("change_reason"))
        return result

    def _keep_version(self, reason):
        """Make the current version say what the policy says; a used one gets a successor."""
        self.ensure_one()
        current = self.version_id
        if current and all(current[name] == self[name] for name in DECISIVE):
            return
        if current and not current._is_used():
            # deleted, not rewritten: the database then refuses a clock that starts by it meanwhile
            # sudo: versions are written by the policy, whoever may edit it
            current.sudo()._sealed_unlink()
        self._add_version(reason)

    def _add_version(self, reason):
        """Add a version that is valid from now."""
        self.ensure_one()
        values = {name: self[name] for name in DECISIVE}
        # sudo: see _keep_version
        self.env["crm.deadline.policy.version"].sudo()._sealed_create(
            [
                {
                    **values,
                    "calendar_id": self.calendar_id.id,
                    "policy_id": self.id,
                    "number": max(self.version_ids.mapped("number"), default=0) + 1,
                    "date_from": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "reason": reason,
                }
            ]
        )
        self.invalidate_recordset(["version_ids", "version_id"])

    def action_reapply(self):
        """Open the preview of what the current version would change in open clocks."""
        self.ensure_one()
        wizard = self.env["crm.deadline.reapply"].create({"policy_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apply the Current Version"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_open_clocks(self):
        """Open the deadlines counted by an older version."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_deadline.crm_deadline_clock_action"
        )
        return {**action, "domain": list(self._old_clock_domain())}
