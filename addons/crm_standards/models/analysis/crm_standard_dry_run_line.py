from odoo import fields, models

EFFECTS = [
    ("stopped", "Would have been stopped"),
    ("recorded", "Would have been recorded"),
    ("advised", "Would have been advised against"),
    ("late", "Stayed too long"),
]
OUTCOMES = [("pending", "Open"), ("won", "Won"), ("lost", "Lost")]


class CrmStandardDryRunLine(models.Model):
    """One move, or one stay, that a rule tried on history would not have let pass."""

    _name = "crm.standard.dry.run.line"
    _description = "Finding of a Dry Run"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "lead_name"

    run_id = fields.Many2one(
        "crm.standard.dry.run", required=True, ondelete="cascade", readonly=True, index=True
    )
    rule_id = fields.Many2one(
        "crm.standard.rule", ondelete="cascade", readonly=True, index="btree_not_null"
    )
    effect = fields.Selection(EFFECTS, readonly=True)
    transition_id = fields.Many2one("crm.standard.transition", ondelete="set null", readonly=True)
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    lead_name = fields.Char(string="Opportunity then", readonly=True)
    date = fields.Datetime(readonly=True)
    stage_from_id = fields.Many2one("crm.stage", string="From", ondelete="set null", readonly=True)
    stage_to_id = fields.Many2one("crm.stage", string="To", ondelete="set null", readonly=True)
    missing = fields.Char(readonly=True, help="What was not filled in.")
    user_id = fields.Many2one("res.users", string="Responsible then", readonly=True)
    actor_id = fields.Many2one("res.users", string="Done by", readonly=True)
    team_id = fields.Many2one("crm.team", ondelete="set null", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    outcome = fields.Selection(OUTCOMES, string="Outcome today", readonly=True)
    is_unsure = fields.Boolean(
        string="Not exactly known",
        readonly=True,
        help="Judged by what the deal looks like today.",
    )
