from odoo import fields, models

from .crm_standard_dry_run_line import EFFECTS


class CrmStandardDryRunTotal(models.Model):
    """How often a rule tried on history was not kept, by team and person: all, not a sample."""

    _name = "crm.standard.dry.run.total"
    _description = "Total of a Dry Run"
    _inherit = ["crm.deadline.sealed"]
    _order = "finding_count desc, id"
    _rec_name = "rule_id"

    run_id = fields.Many2one(
        "crm.standard.dry.run", required=True, ondelete="cascade", readonly=True, index=True
    )
    rule_id = fields.Many2one(
        "crm.standard.rule", ondelete="cascade", readonly=True, index="btree_not_null"
    )
    effect = fields.Selection(EFFECTS, readonly=True)
    team_id = fields.Many2one("crm.team", ondelete="set null", readonly=True)
    user_id = fields.Many2one("res.users", string="Responsible then", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    finding_count = fields.Integer(string="Times", readonly=True)
    won_count = fields.Integer(
        string="Times in won deals", readonly=True, help="How many of them in deals that are won."
    )
