from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmStandardDryRunWizard(models.TransientModel):
    """Asks over which period a standard, or some of its rules, should be tried on history."""

    _name = "crm.standard.dry.run.wizard"
    _description = "Try on History"

    standard_id = fields.Many2one("crm.standard", required=True, ondelete="cascade")
    rule_ids = fields.Many2many(
        "crm.standard.rule",
        compute="_compute_rule_ids",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('standard_id', '=', standard_id)]",
        help="The rules to try; all of the standard unless some are taken out.",
    )
    days = fields.Integer(
        string="Last days", default=90, required=True, help="How far to look back, in days."
    )

    @api.depends("standard_id")
    def _compute_rule_ids(self):
        for wizard in self:
            wizard.rule_ids = wizard.standard_id.rule_ids

    def action_run(self):
        """Try the rules and open the result.

        :raise UserError: when nothing is chosen, or rules of another standard
        """
        self.ensure_one()
        # the wizard's own fields are the caller's word: both are looked at anew
        self.standard_id.check_access("read")
        self.rule_ids.check_access("read")
        rules = self.rule_ids & self.standard_id.rule_ids
        if not rules:
            raise UserError(
                self.env._(
                    "Choose at least one rule of “%(standard)s” to try.",
                    standard=self.standard_id.display_name,
                )
            )
        run = self.env["crm.standard.dry.run"]._try(self.standard_id, rules, self.days)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_dry_run_action"
        )
        views = [(False, "form")]
        return {**action, "views": views, "view_mode": "form", "res_id": run.id}
