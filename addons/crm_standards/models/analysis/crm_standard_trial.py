from odoo import fields, models


class CrmStandard(models.Model):
    """A standard can be tried on the moves of the past before it is put in force."""

    _inherit = "crm.standard"

    # results are for controllers; employees read the rest of a standard
    dry_run_ids = fields.One2many(
        "crm.standard.dry.run",
        "standard_id",
        readonly=True,
        groups="crm_standards.group_manager",
    )
    dry_run_count = fields.Integer(
        compute="_compute_dry_run_count", groups="crm_standards.group_manager"
    )

    def _compute_dry_run_count(self):
        counts = dict(
            self.env["crm.standard.dry.run"]._read_group(
                [("standard_id", "in", self.ids)], ["standard_id"], ["__count"]
            )
        )
        for standard in self:
            standard.dry_run_count = counts.get(standard, 0)

    def action_try_on_history(self):
        """Open the question over which period to try this standard."""
        self.ensure_one()
        return self._ask_for_period(self.rule_ids)

    def action_view_dry_runs(self):
        """Open the results of earlier trials."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_dry_run_action"
        )
        return {**action, "domain": [("standard_id", "=", self.id)], "context": {}}

    def _ask_for_period(self, rules):
        """Return the action that asks for the period of a trial of these rules."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_dry_run_wizard_action"
        )
        context = {"default_standard_id": self.id, "default_rule_ids": rules.ids}
        return {**action, "context": context}
