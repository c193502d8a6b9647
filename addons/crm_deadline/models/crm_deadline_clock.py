from odoo import api, fields, models

from ..logic import clock as logic
from ..logic.term import Term
from .crm_deadline_policy import DAY_COUNTS, TERM_UNITS


class CrmDeadlineClock(models.Model):
    """A deadline on a record: when it started, when it is due, what became of it.

    A record has at most one open clock of a kind. Clocks are moved by private methods only, in
    ``crm_deadline_clock_ledger.py``. Each move is an entry of the ledger, and replaying the
    ledger gives the stored state. The term and the calendar are copied from the version of the
    policy at the start, and when another version is applied.

    Whoever may read a record may read its deadlines, and nobody else may: see
    ``crm_deadline_clock_access.py``.
    """

    _name = "crm.deadline.clock"
    _description = "Deadline"
    _inherit = ["crm.deadline.sealed"]
    _order = "date_due, id"
    _rec_name = "kind"
    _check_company_auto = True

    _open_unique = models.UniqueIndex(
        "(res_model, res_id, kind) WHERE date_end IS NULL",
        "This record already has an open deadline of this kind.",
    )
    _document_index = models.Index("(res_model, res_id)")
    _sweep_index = models.Index("(date_due, id) WHERE state = 'running'")
    _ladder_index = models.Index("(date_next_step, id) WHERE date_next_step IS NOT NULL")
    _followup_index = models.Index(
        "(date_missed, id) WHERE state = 'missed' AND is_followed_up IS NOT TRUE"
    )

    res_model_id = fields.Many2one(
        "ir.model", "Document Type", required=True, readonly=True, ondelete="cascade", index=True
    )
    res_model = fields.Char(
        "Document Model", related="res_model_id.model", store=True, precompute=True
    )
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    res_name = fields.Char("Document", compute="_compute_res_name")
    kind = fields.Char(
        required=True,
        readonly=True,
        help="What the deadline is for, as the process that started it calls it.",
    )
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        required=True,
        readonly=True,
        check_company=True,
        ondelete="restrict",
        index=True,
    )
    policy_source = fields.Text("Source", related="policy_id.source")
    version_id = fields.Many2one(
        "crm.deadline.policy.version",
        "Policy Version",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="The version of the policy by which the deadline is counted.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Whose working hours and holidays count: the company of the record when the clock "
        "started, else the policy's.",
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    term_amount = fields.Integer("Term", required=True, readonly=True, aggregator=None)
    term_unit = fields.Selection(TERM_UNITS, "Unit", required=True, readonly=True)
    day_count = fields.Selection(DAY_COUNTS, "Count of Days", required=True, readonly=True)
    warning_amount = fields.Integer("Warning Before", readonly=True, aggregator=None)
    date_start = fields.Datetime("Start", required=True, readonly=True)
    date_warning = fields.Datetime("Near From", readonly=True)
    date_due = fields.Datetime("Due", required=True, readonly=True)
    date_missed = fields.Datetime(
        "Missed On", readonly=True, help="The due time that was missed, not when it was noticed."
    )
    missed_user_id = fields.Many2one(
        "res.users",
        "Missed by",
        readonly=True,
        ondelete="restrict",
        help="Who was responsible when it was missed, whoever is now. Empty also for what was "
        "missed before this was kept.",
    )
    date_end = fields.Datetime("End", readonly=True)
    date_last = fields.Datetime("Last Entry", required=True, readonly=True)
    size_left = fields.Integer(
        "Left at Pause",
        readonly=True,
        aggregator=None,
        help="What was left of the term when the pause began: seconds, or days of a term in days.",
    )
    state = fields.Selection(
        [
            (logic.RUNNING, "Running"),
            (logic.PAUSED, "Paused"),
            (logic.MET, "Met"),
            (logic.MISSED, "Missed"),
            (logic.CANCELLED, "Cancelled"),
        ],
        required=True,
        readonly=True,
    )
    date_next_step = fields.Datetime(
        "Next Step",
        readonly=True,
        help="When the ladder of the policy is looked at next: its next step is due then. Empty "
        "while the deadline is paused, and when no step is to come.",
    )
    is_followed_up = fields.Boolean(
        readonly=True, help="Whether the process was told that the deadline was missed."
    )
    followup_error = fields.Text(
        "Follow-up Failed",
        readonly=True,
        help="Why the process failed when the deadline had passed.",
    )
    ladder_error = fields.Text(
        "Ladder Failed",
        readonly=True,
        help="Why the steps of the ladder could not be found. They are looked for again "
        "every hour.",
    )
    event_ids = fields.One2many("crm.deadline.event", "clock_id", "Ledger", readonly=True)
    segment_ids = fields.One2many("crm.deadline.segment", "clock_id", "Segments", readonly=True)
    notice_ids = fields.One2many("crm.deadline.notice", "clock_id", "Notices", readonly=True)

    @api.depends("res_model", "res_id")
    @api.depends_context("lang", "uid")
    def _compute_res_name(self):
        self.res_name = False
        for model, clocks in self.filtered("res_model").grouped("res_model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(clocks.mapped("res_id")).exists()
            names = {record.id: record.display_name for record in records}
            for clock in clocks:
                clock.res_name = names.get(clock.res_id, False)

    @api.depends("policy_id", "res_name")
    @api.depends_context("lang", "uid")
    def _compute_display_name(self):
        for clock in self:
            # sudo: the policy's name says what the deadline is, whoever may see the deadline
            policy = clock.sudo().policy_id.name
            clock.display_name = f"{policy} ({clock.res_name})" if clock.res_name else policy

    def _get_term(self):
        """Return the ``Term`` of the version by which the clock is counted."""
        self.ensure_one()
        return Term(self.term_amount, self.term_unit, self.day_count == "start")

    def action_open_record(self):
        """Open the record the deadline belongs to."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
        }
