from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..logic.term import Term
from ..logic.working_time import HORIZON_DAYS, NoWorkingTime
from .deadline_text import format_amount, format_term

TERM_UNITS = [
    ("working_minutes", "Working minutes"),
    ("working_hours", "Working hours"),
    ("working_days", "Working days"),
    ("calendar_minutes", "Minutes"),
    ("calendar_hours", "Hours"),
    ("calendar_days", "Calendar days"),
]
DAY_COUNTS = [
    ("next", "Counting begins on the next day"),
    ("start", "The day of the start is day one"),
]


class CrmDeadlinePolicy(models.Model):
    """How long something may take: a term in working or calendar time.

    Editing the term of a policy in use makes a new version (``crm_deadline_policy_history.py``).
    A clock keeps the version it was started by, so that editing a policy never moves a deadline
    that was already promised. The ladder says who is told when a deadline nears or has passed.
    """

    _name = "crm.deadline.policy"
    _description = "Deadline Policy"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the policy between all companies.",
    )
    term_amount = fields.Integer(
        "Term", required=True, default=1, help="How many units may pass from the start."
    )
    term_unit = fields.Selection(
        TERM_UNITS,
        "Unit",
        required=True,
        default="working_days",
        help="Working units pass only in the working hours of the calendar. A term in days ends "
        "with its last day: with the end of work for working days, at midnight for calendar days.",
    )
    day_count = fields.Selection(
        DAY_COUNTS,
        "Count of Days",
        required=True,
        default="next",
        help="Laws and contracts mostly count from the next day. Odoo's own planning counts the "
        "day of the start if any working time is left on it.",
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        domain="['|', ('company_id', '=', False), ('company_id', '=?', company_id)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Working hours, holidays and time zone of the term. Empty: those of the company "
        "of the record whose deadline it is.",
    )
    warning_amount = fields.Integer(
        "Warning Before",
        default=0,
        help="How many units before the due time the deadline counts as near. 0: no warning.",
    )
    source = fields.Text(
        translate=True,
        help="The law, contract or document the term comes from, with its article, and the "
        "jurisdiction where it applies.",
    )
    display = fields.Char("In Words", compute="_compute_display")

    @api.depends("term_amount", "term_unit", "day_count", "calendar_id", "warning_amount")
    @api.depends_context("lang")
    def _compute_display(self):
        for policy in self:
            policy.display = format_term(self.env, policy)

    @api.constrains("term_amount", "warning_amount")
    def _check_amounts(self):
        for policy in self:
            if policy.term_amount < 1:
                raise ValidationError(
                    self.env._(
                        'Deadline policy "%(policy)s": the term is at least one unit.',
                        policy=policy.name,
                    )
                )
            if not 0 <= policy.warning_amount < policy.term_amount:
                raise ValidationError(
                    self.env._(
                        'Deadline policy "%(policy)s": the warning comes after the start, so it '
                        "must be shorter than the term, and not negative.",
                        policy=policy.name,
                    )
                )

    @api.constrains("company_id", "calendar_id")
    def _check_calendar_company(self):
        """A shared policy may count by one company's hours, a company's not by another's."""
        for policy in self.filtered("company_id"):
            # sudo: the working hours may be out of the user's reach when he sets the company
            company = policy.sudo().calendar_id.company_id
            if company and company != policy.company_id:
                raise ValidationError(
                    self.env._(
                        'Deadline policy "%(policy)s" of %(company)s cannot count by the working '
                        "hours of %(other)s.",
                        policy=policy.name,
                        company=policy.company_id.name,
                        other=company.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: a clock the user cannot see still needs its policy
        used = (
            self.env["crm.deadline.clock"]
            .sudo()
            ._read_group([("policy_id", "in", self.ids)], ["policy_id"])
        )
        if used:
            raise UserError(
                self.env._(
                    'Deadline policy "%(policy)s" has clocks and cannot be deleted. '
                    "Archive it instead.",
                    policy=used[0][0].name,
                )
            )

    def _get_term(self):
        """Return the policy's ``Term``."""
        self.ensure_one()
        return Term(self.term_amount, self.term_unit, self.day_count == "start")

    def _get_calendar(self, company=None):
        """Return the calendar the policy counts by for a record of ``company``.

        It is the policy's own, else the company's: the record's, else the policy's, else the
        user's.
        """
        self.ensure_one()
        # sudo: a company's working hours decide its deadlines for whoever starts a clock
        policy = self.sudo()
        company = (company or policy.company_id or self.env.company).sudo()
        return policy.calendar_id or company.resource_calendar_id

    def _get_due_dates(self, starts, calendar=None, company=None):
        """Return the due time of each start, as a list in the order of ``starts``.

        The calendar is read and expanded once for all of them.

        :param starts: naive UTC datetimes
        :param calendar: ``resource.calendar`` to count by instead of the policy's own
        :param company: ``res.company`` of the records, for its working hours and holidays
        :return: naive UTC datetimes
        :raise UserError: if the calendar has too little working time, naming policy and calendar
        """
        self.ensure_one()
        company = company or self.company_id or self.env.company
        calendar = calendar or self._get_calendar(company)
        term = self._get_term()
        schedule = calendar._get_deadline_schedule(term, company)
        try:
            return schedule.plan_all(starts, term)
        except NoWorkingTime as error:
            raise self._no_working_time_error(calendar) from error

    def _no_working_time_error(self, calendar):
        """Return the error of a calendar in which the policy's term never ends."""
        # sudo: the hours may be another company's, whose name tells what to mend
        name = calendar.sudo().name or self.env._("(none)")
        return UserError(
            self.env._(
                'Deadline policy "%(policy)s": the working hours "%(calendar)s" have too little '
                "working time for %(term)s within %(days)s days. Fill in the working hours or "
                "choose others in the policy.",
                policy=self.name,
                calendar=name,
                term=format_amount(self.env, self.term_amount, self.term_unit),
                days=HORIZON_DAYS,
            )
        )
