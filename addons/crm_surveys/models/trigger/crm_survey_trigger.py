from ast import literal_eval
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytz

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic.window import HORIZON_DAYS, Window, next_opening
from ..survey.survey_survey import OURS
from ..survey.survey_user_input import CHANNELS

REACHED, CREATED, DATE = "reached", "created", "date"
EVENTS = [
    (REACHED, "A document comes to a condition"),
    (CREATED, "A document is created"),
    (DATE, "A date of a document has come"),
]
DRAFT, RUNNING, PAUSED = "draft", "running", "paused"
STATES = [(DRAFT, "Draft"), (RUNNING, "Running"), (PAUSED, "Paused")]
UNITS = [("hours", "Hours"), ("days", "Days")]
WEEKDAYS = [
    "is_on_monday",
    "is_on_tuesday",
    "is_on_wednesday",
    "is_on_thursday",
    "is_on_friday",
    "is_on_saturday",
    "is_on_sunday",
]


class CrmSurveyTrigger(models.Model):
    """When customers are asked about which documents: an event, its window and its survey as data.

    A job looks for documents that have come to the event, without a line of code on their models:
    see ``crm.survey.trigger.event``.
    """

    _name = "crm.survey.trigger"
    _description = "Survey Trigger"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        STATES, required=True, default=DRAFT, readonly=True, copy=False, tracking=True, index=True
    )
    note = fields.Char("What Is Wrong", readonly=True, copy=False)
    date_started = fields.Datetime("Running since", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: documents of all companies."
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        help="Is told when the trigger had to be paused.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        domain=[("survey_type", "=", OURS)],
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    # what has to happen
    model_id = fields.Many2one(
        "ir.model",
        "Document",
        ondelete="set null",
        domain=[("transient", "=", False), ("abstract", "=", False)],
        tracking=True,
    )
    res_model = fields.Char("Document Model", compute="_compute_res_model", store=True)
    event = fields.Selection(EVENTS, "Asked When", required=True, default=REACHED, tracking=True)
    goal_domain = fields.Char(
        "Condition",
        default="[]",
        tracking=True,
        help="Documents that have come to this are asked about once. Those that were there "
        "before the trigger was started are not.",
    )
    date_field_id = fields.Many2one(
        "ir.model.fields", "Date", ondelete="set null", tracking=True, help="A stored date."
    )
    domain = fields.Char("Only If", default="[]", tracking=True)
    partner_path = fields.Char(
        "Whom",
        tracking=True,
        help="Fields that lead to the contact, with dots between, as partner_id or "
        "move_id.partner_id. Empty: the customer of the document.",
    )
    delay = fields.Integer("After", help="How long after the event the customer is asked.")
    delay_unit = fields.Selection(UNITS, "Unit", required=True, default="days")
    # who and when
    sample_percent = fields.Float(
        "Share (%)",
        default=100.0,
        digits=(5, 1),
        tracking=True,
        help="Only so many of all are asked. Who, nobody chooses: it is drawn by a secret number.",
    )
    salt = fields.Char(
        default=lambda self: uuid4().hex, copy=False, readonly=True, groups="base.group_system"
    )
    window_start = fields.Float("From", default=9.0, help="By the clock of the contact.")
    window_end = fields.Float("Until", default=18.0, help="By the clock of the contact.")
    is_on_monday = fields.Boolean("Mon", default=True)
    is_on_tuesday = fields.Boolean("Tue", default=True)
    is_on_wednesday = fields.Boolean("Wed", default=True)
    is_on_thursday = fields.Boolean("Thu", default=True)
    is_on_friday = fields.Boolean("Fri", default=True)
    is_on_saturday = fields.Boolean("Sat")
    is_on_sunday = fields.Boolean("Sun")
    calendar_id = fields.Many2one(
        "resource.calendar", help="Only in these working hours, holidays excepted."
    )
    # how
    channel = fields.Selection(CHANNELS, required=True, default="mail")
    second_channel = fields.Selection(
        CHANNELS, "Else", help="Where the first cannot be used: no address, or it is blocked."
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        help="Empty: that of the contact.",
    )
    value = fields.Integer(
        compute="_compute_value",
        store=True,
        readonly=False,
        precompute=True,
        help="Of several surveys for one customer the one of the highest value goes.",
    )
    invitation_count = fields.Integer("Invitations", compute="_compute_invitation_count")

    _share_in_range = models.Constraint(
        "CHECK(sample_percent BETWEEN 0 AND 100)", "A share is between 0 and 100 %."
    )
    _window_in_range = models.Constraint(
        "CHECK(window_start >= 0 AND window_end <= 24 AND window_start < window_end)",
        "The hours of sending begin before they end, and lie between 0 and 24.",
    )
    _delay_not_negative = models.Constraint(
        "CHECK(delay BETWEEN 0 AND 3650)",
        "A customer is asked at or after the event: the delay is from 0 to 3650.",
    )

    @api.depends("model_id")
    def _compute_res_model(self):
        for trigger in self:
            # keeps the name of a model that is gone, so that we can tell which
            trigger.res_model = trigger.model_id.model or trigger.res_model

    @api.depends("survey_id")
    def _compute_value(self):
        for trigger in self:
            trigger.value = trigger.survey_id.invitation_value

    def _compute_invitation_count(self):
        counts = dict(
            self.env["crm.survey.invitation"]._read_group(
                [("trigger_id", "in", self.ids)], ["trigger_id"], ["__count"]
            )
        )
        for trigger in self:
            trigger.invitation_count = counts.get(trigger._origin, 0)

    # what the event, the window and the document mean

    def _get_domain(self):
        """Return which documents the trigger is about; raises ValueError on a broken condition."""
        self.ensure_one()
        texts = [self.domain, self.goal_domain if self.event == REACHED else None]
        domain = Domain.AND(read_domain(text) for text in texts)
        model = self.env[self.res_model]
        # a survey of one company asks about what is that company's
        company = self.company_id or self.survey_id.company_id
        field = model._fields.get("company_id")
        if company and field and field.comodel_name == "res.company":
            domain &= Domain("company_id", "in", [False, company.id])
        return domain

    def _get_documents(self):
        """Return the model of the documents, archived ones included: a lost deal is archived."""
        return self.env[self.res_model].with_context(active_test=False)

    def _get_date_field(self):
        # sudo: names of fields are no secret
        return "create_date" if self.event == CREATED else self.date_field_id.sudo().name

    def _get_delay(self):
        return timedelta(**{self.delay_unit or "days": self.delay})

    def _get_partners(self, documents):
        """Return the contact to be asked, by document id: empty where the document says it."""
        if not self.partner_path:
            return {}
        return {document.id: document.mapped(self.partner_path)[:1].id for document in documents}

    def _get_opening(self, moment, tz=None):
        """Return when a contact of this time zone may be written to from a moment on."""
        self.ensure_one()
        weekdays = frozenset(number for number, name in enumerate(WEEKDAYS) if self[name])
        window = Window(self.window_start, self.window_end, weekdays)
        return next_opening(window, moment, get_zone(tz), self._get_spans(moment))

    def _get_spans(self, moment):
        """Return the working times of the calendar from the day of the moment on, or nothing."""
        calendar = self.calendar_id
        if not calendar:
            return None
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        # a batch asks for the same days again and again
        spans = self.env.cr.cache.setdefault("crm_survey_spans", {})
        key = calendar.id, calendar.write_date, day
        if key not in spans:
            start = pytz.utc.localize(day)
            end = start + timedelta(days=HORIZON_DAYS)
            intervals = calendar._work_intervals_batch(start, end)[False]
            spans[key] = [
                tuple(edge.astimezone(pytz.utc).replace(tzinfo=None) for edge in interval[:2])
                for interval in intervals
            ]
        return spans[key]


def read_domain(text):
    """Return a condition as it was typed; anything but a plain list is refused."""
    try:
        return Domain(literal_eval(text or "[]"))
    except (SyntaxError, TypeError, MemoryError, RecursionError) as error:
        raise ValueError(str(error)) from error


def get_zone(tz):
    """Return the time zone of a contact; one nobody knows counts as UTC."""
    try:
        return ZoneInfo(tz or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
