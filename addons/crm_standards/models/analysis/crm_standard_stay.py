from __future__ import annotations

from odoo import api, fields, models

from ..register.crm_standard import LEAD_TYPES

ENDS = [
    ("moved", "Moved on"),
    ("won", "Won"),
    ("lost", "Lost"),
    ("gone", "Deleted"),
]


class CrmStandardStay(models.Model):
    """The time one deal stood in one stage, as the log of stages tells it.

    Drawn from the log by a job; nobody writes it. A stay ends when the deal goes to another stage,
    is won, lost or deleted; while it lasts it has no end, and its length so far is shown but not
    stored. Working hours are those of the company's calendar.
    """

    _name = "crm.standard.stay"
    _description = "Stay in a Stage"
    _inherit = ["crm.standard.analysis", "crm.deadline.sealed"]
    _order = "date_from desc, id desc"
    _rec_name = "lead_name"
    _log_access = False
    _median_of = {
        "working_hours_median": "working_hours",
        "calendar_hours_median": "calendar_hours",
    }

    transition_id = fields.Many2one(
        "crm.standard.transition", required=True, ondelete="cascade", readonly=True
    )
    next_transition_id = fields.Many2one(
        "crm.standard.transition", ondelete="set null", readonly=True
    )
    lead_id = fields.Many2one(
        "crm.lead", string="Opportunity", ondelete="set null", readonly=True, index="btree_not_null"
    )
    lead_name = fields.Char(string="Opportunity then", readonly=True)
    lead_type = fields.Selection(LEAD_TYPES, string="Type then", readonly=True)
    stage_from_id = fields.Many2one("crm.stage", string="From", ondelete="set null", readonly=True)
    stage_id = fields.Many2one("crm.stage", ondelete="set null", readonly=True, index=True)
    next_stage_id = fields.Many2one("crm.stage", string="To", ondelete="set null", readonly=True)
    date_from = fields.Datetime(string="Came", required=True, readonly=True, index=True)
    date_to = fields.Datetime(string="Left", readonly=True, index="btree_not_null")
    end = fields.Selection(
        ENDS, string="Ended by", readonly=True, help="Empty: the deal stands there still."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible then",
        readonly=True,
        index="btree_not_null",
        help="Who was responsible for the deal when it came into the stage.",
    )
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    calendar_hours = fields.Float(
        string="Hours (average)",
        readonly=True,
        aggregator="avg",
        help="From coming to leaving, round the clock.",
    )
    calendar_hours_median = fields.Float(
        string="Hours (median)", compute="_compute_medians", aggregator="median"
    )
    working_hours = fields.Float(
        string="Working hours (average)",
        readonly=True,
        aggregator="avg",
        help="From coming to leaving, in the working hours of the company.",
    )
    working_hours_median = fields.Float(
        string="Working hours (median)",
        compute="_compute_medians",
        aggregator="median",
        help="Half of the stays are shorter. One forgotten deal does not move it.",
    )
    spent_hours = fields.Float(
        string="Working hours (total)",
        readonly=True,
        help="The same hours, to be added up: which stage takes which share of all the time.",
    )
    date_due = fields.Datetime(
        string="Should have left by",
        readonly=True,
        help="By the strictest time limit in force when the stay was measured.",
    )
    lost_hours = fields.Float(
        string="Working hours over the limit",
        readonly=True,
        help="Time lost: how much longer the deal stood there than the time limit allows.",
    )
    late_percent = fields.Float(
        string="Over the limit (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the stays that were too long, among those a time limit speaks of.",
    )
    hours_so_far = fields.Float(
        string="Working hours",
        compute="_compute_hours_so_far",
        help="Until the deal left, or until now.",
    )

    _transition_uniq = models.UniqueIndex("(transition_id)")
    _open_idx = models.Index("(lead_id) WHERE date_to IS NULL")
    _unmeasured_idx = models.Index("(id) WHERE date_to IS NOT NULL AND working_hours IS NULL")

    @api.depends("calendar_hours", "working_hours")
    def _compute_medians(self):
        for stay in self:  # the median of one is itself
            stay.calendar_hours_median = stay.calendar_hours
            stay.working_hours_median = stay.working_hours

    @api.depends("working_hours", "date_to")
    def _compute_hours_so_far(self):
        measure = self.env["crm.standard.stay.measure"]
        now = fields.Datetime.now()
        for stay in self:
            stay.hours_so_far = (
                stay.working_hours
                if stay.date_to
                else measure._schedule_of(stay).elapsed(stay.date_from, now) / 3600
            )

    @api.depends("lead_name", "stage_id")
    def _compute_display_name(self):
        for stay in self:
            stay.display_name = f"{stay.lead_name or ''}: {stay.stage_id.name or ''}"
