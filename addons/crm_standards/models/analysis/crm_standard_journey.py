from __future__ import annotations

from odoo import api, fields, models

from ..register.crm_standard import LEAD_TYPES
from .crm_standard_dry_run_line import OUTCOMES


class CrmStandardJourney(models.Model):
    """The path one deal took, how it ended, and whether it kept to the standards.

    Whether it did is taken from the log: by the rules in force *at each move*, advice included. How
    the same deals look by rules as they are written today, a dry run of the standard tells.
    """

    _name = "crm.standard.journey"
    _description = "Path of a Deal"
    _inherit = ["crm.standard.analysis", "crm.deadline.sealed"]
    _order = "date_to desc, id desc"
    _rec_name = "lead_name"
    _log_access = False
    _median_of = {"days_median": "days"}

    lead_id = fields.Many2one("crm.lead", string="Opportunity", ondelete="set null", readonly=True)
    lead_name = fields.Char(string="Opportunity then", readonly=True)
    lead_type = fields.Selection(LEAD_TYPES, string="Type then", readonly=True)
    path_id = fields.Many2one("crm.standard.path", ondelete="restrict", readonly=True, index=True)
    outcome = fields.Selection(OUTCOMES, readonly=True, index=True)
    date_from = fields.Datetime(string="Began", readonly=True)
    date_to = fields.Datetime(
        string="Last move", readonly=True, index=True, help="For a closed deal: when it closed."
    )
    days = fields.Float(
        string="Days (average)",
        readonly=True,
        aggregator="avg",
        help="From the first line of the log to the last, in calendar days.",
    )
    days_median = fields.Float(
        string="Days (median)", compute="_compute_days_median", aggregator="median"
    )
    is_complete = fields.Boolean(
        string="Known from the start",
        readonly=True,
        help="Not ticked: the deal is older than the log, and the beginning of its path unknown.",
    )
    finding_count = fields.Integer(
        string="Rules not kept",
        readonly=True,
        help="By the rules in force at each move, advice included.",
    )
    is_conforming = fields.Boolean(
        string="By the standards", readonly=True, help="No move was against a rule then in force."
    )
    conforming_percent = fields.Float(
        string="By the standards (%)",
        readonly=True,
        aggregator="avg",
        help="Share of deals of which no move was against a rule then in force.",
    )
    won_percent = fields.Float(
        string="Won (%)",
        readonly=True,
        aggregator="avg",
        help="Share of won deals among the closed ones; open deals do not count.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        readonly=True,
        index="btree_not_null",
        help="Who was responsible at the last move.",
    )
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")

    _lead_uniq = models.UniqueIndex("(lead_id) WHERE lead_id IS NOT NULL")

    @api.depends("days")
    def _compute_days_median(self):
        for journey in self:  # the median of one is itself
            journey.days_median = journey.days
