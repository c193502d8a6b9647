from odoo import api, fields, models
from odoo.fields import Domain

from ..case.crm_complaint_stage import OPEN_KINDS


class CrmComplaint(models.Model):
    """The next deadline of a complaint, to sort, to filter and to show. It moves with its clocks.

    Stored are dates only; whether one has passed is asked when it is looked at.
    """

    _inherit = "crm.complaint"

    date_deadline = fields.Datetime(
        "Deadline",
        compute="_compute_date_deadline",
        store=True,
        help="When the next of its open deadlines is due. Those that wait do not count.",
    )
    date_warning = fields.Datetime(
        "Near From",
        compute="_compute_date_deadline",
        store=True,
        help="From when one of its open deadlines counts as near.",
    )
    deadline_state = fields.Selection(
        [("late", "Late"), ("near", "Near"), ("running", "In Time"), ("waiting", "Waiting")],
        compute="_compute_deadline_state",
        search="_search_deadline_state",
    )
    deadline_text = fields.Char("Next Deadline", compute="_compute_deadline_text")
    deadline_article = fields.Text("Article", compute="_compute_deadline_text")

    _deadline_index = models.Index(
        "(date_deadline, id) WHERE state IN ('new', 'open', 'waiting', 'answered')"
        " AND date_deadline IS NOT NULL"
    )
    _warning_index = models.Index(
        "(date_warning, id) WHERE state IN ('new', 'open', 'waiting', 'answered')"
        " AND date_warning IS NOT NULL"
    )

    @api.depends(
        "deadline_clock_ids.date_due",
        "deadline_clock_ids.date_warning",
        "deadline_clock_ids.date_end",
        "deadline_clock_ids.state",
    )
    def _compute_date_deadline(self):
        rows = self.env["crm.deadline.clock"]._read_group(
            [
                *self._deadline_domain(),
                ("date_end", "=", False),
                ("state", "in", ("running", "missed")),
            ],
            ["res_id"],
            ["date_due:min", "date_warning:min"],
        )
        dates = {res_id: dates for res_id, *dates in rows}
        for complaint in self:
            due, near = dates.get(complaint.id, (False, False))
            complaint.date_deadline = due
            complaint.date_warning = near

    @api.depends("date_deadline", "date_warning", "date_waiting")
    def _compute_deadline_state(self):
        now = fields.Datetime.now()
        for complaint in self:
            due, near = complaint.date_deadline, complaint.date_warning
            if complaint.state not in OPEN_KINDS or not (due or complaint.date_waiting):
                complaint.deadline_state = False
            elif due and due < now:
                complaint.deadline_state = "late"
            elif near and near <= now:
                complaint.deadline_state = "near"
            else:
                complaint.deadline_state = "running" if due else "waiting"

    @api.model
    def _search_deadline_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = fields.Datetime.now()
        is_open = Domain("state", "in", OPEN_KINDS)
        late = Domain("date_deadline", "<", now)
        near = ~late & Domain("date_warning", "<=", now)
        domains = {
            "late": is_open & late,
            "near": is_open & near,
            "running": is_open & Domain("date_deadline", ">=", now) & ~near,
            "waiting": is_open
            & Domain("date_deadline", "=", False)
            & Domain("date_waiting", "!=", False),
        }
        domains[False] = ~Domain.OR(domains.values())
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.depends("date_deadline")
    @api.depends_context("lang")
    def _compute_deadline_text(self):
        kinds = dict(
            self.env["crm.complaint.term"]._fields["kind"]._description_selection(self.env)
        )
        # sudo: what is owed is part of the complaint, which the viewer may read
        clocks = self.sudo()._deadline_open().filtered(lambda clock: clock.state != "paused")
        first = {}
        for clock in clocks.sorted(lambda clock: (clock.date_due, clock.id)):
            first.setdefault(clock.res_id, clock)
        for complaint in self:
            clock = first.get(complaint.id)
            complaint.deadline_text = clock and kinds.get(clock.kind, clock.policy_id.name)
            complaint.deadline_article = clock and clock.policy_source
