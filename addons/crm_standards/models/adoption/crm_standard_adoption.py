from odoo import fields, models


class CrmStandardAdoption(models.Model):
    """What an employee did in the system on one day: counts, no minutes.

    Each row is a fact of one person's day in his own time zone, written the night after, and
    deleted by the retention period only. See ``crm_standard_adoption_collect.py``.
    """

    _name = "crm.standard.adoption"
    _description = "Use of the System by Day"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, user_id"
    _rec_name = "user_id"

    date = fields.Date(string="Day", required=True, readonly=True, index=True)
    user_id = fields.Many2one(
        "res.users",
        string="Employee",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    is_seen = fields.Boolean(
        string="Used the System",
        readonly=True,
        help="Logged in, or did anything that leaves a trace.",
    )
    day_seen_count = fields.Integer(string="Days Used", readonly=True, aggregator="sum")
    login_count = fields.Integer(string="Log-ins", readonly=True, aggregator="sum")
    hour_first = fields.Integer(
        string="First Hour", readonly=True, aggregator="min", help="Of the log-ins, own time zone."
    )
    hour_last = fields.Integer(
        string="Last Hour", readonly=True, aggregator="max", help="Of the log-ins, own time zone."
    )
    lead_created_count = fields.Integer(string="Leads Created", readonly=True, aggregator="sum")
    move_count = fields.Integer(string="Moves of Leads", readonly=True, aggregator="sum")
    done_count = fields.Integer(string="Activities Done", readonly=True, aggregator="sum")
    late_count = fields.Integer(string="Of These Late", readonly=True, aggregator="sum")
    deed_count = fields.Integer(
        string="Deeds",
        readonly=True,
        aggregator="sum",
        help="Leads created, moves of leads and activities done.",
    )
    on_time_percent = fields.Float(
        string="Done on Time (%)",
        readonly=True,
        aggregator="avg",
        help="Of the activities done that day; the average counts each day alike.",
    )
    overdue_count = fields.Integer(
        string="Overdue",
        readonly=True,
        aggregator="avg",
        help="Activities that were open and past their date at the end of the day.",
    )
    violation_count = fields.Integer(string="Violations", readonly=True, aggregator="sum")
    completeness_percent = fields.Float(
        string="Completeness (%)",
        readonly=True,
        aggregator="avg",
        help="Of the person's own records that day, where a data-entry standard measures it.",
    )

    _once = models.UniqueIndex("(user_id, date)", "A day is counted once.")
