from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic import score
from ...logic.tally import (
    AVERAGE,
    COUNT,
    DISTINCT,
    DURATION,
    FIRST,
    LAST,
    MAXIMUM,
    MINIMUM,
    SHARE,
    SUM,
    Tally,
    value,
)
from ..codes import find_free_code

AGGREGATES = [
    (COUNT, "Number of documents"),
    (DISTINCT, "Number of different values"),
    (SUM, "Sum"),
    (AVERAGE, "Average"),
    (MINIMUM, "Smallest value"),
    (MAXIMUM, "Largest value"),
    (FIRST, "Values seen for the first time ever"),
    (LAST, "Values seen for the last time ever"),
    (SHARE, "Share of documents (%)"),
    (DURATION, "Average time between two dates"),
]
#: What is the first one ever can change by a document of any day.
HISTORIC = {FIRST, LAST}
#: What says how it counts: a measure that differs in these counts otherwise.
DEFINITION = ("code", "model_name", "domain", "has_archived", "aggregate", "value_field")
DEFINITION += ("part_domain", "date_field", "late_field", "start_field", "is_working_time")
DEFINITION += ("actor_path",)
#: They read a number, or what is told apart, from a field.
VALUED = {DISTINCT, SUM, AVERAGE, MINIMUM, MAXIMUM, FIRST, LAST}
UNITS = [
    ("number", "Number"),
    ("money", "Money of the company"),
    ("percent", "Percent"),
    ("hours", "Hours"),
    ("days", "Days"),
]
DIRECTIONS = [
    (score.MORE, "More is better"),
    (score.LESS, "Less is better"),
    (score.RANGE, "Within a range is best"),
]


class CrmKpiMeasure(models.Model):
    """What is measured on the documents of a model, as data: nobody writes code or SQL.

    The engine compiles all measures of a model into one statement; what they count lands in
    ``crm.kpi.fact``, by day and employee.
    """

    _name = "crm.kpi.measure"
    _description = "KPI Measure"
    _inherit = ["mail.thread"]
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        required=True,
        copy=False,
        tracking=True,
        help="How formulas call it: small letters, digits and underscores.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    note = fields.Text("Explanation", translate=True, help="Read by those who are measured.")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Empty: counts in each company."
    )
    model_id = fields.Many2one(
        "ir.model",
        "Document",
        ondelete="set null",
        domain=[("transient", "=", False), ("abstract", "=", False)],
        tracking=True,
    )
    # kept when the model goes: the problem can then be told by its name
    model_name = fields.Char("Document Model", compute="_compute_model_name", store=True)
    domain = fields.Char("Counts Where", default="[]", tracking=True)
    has_archived = fields.Boolean(
        "Archived Too",
        default=True,
        tracking=True,
        help="Lost opportunities and finished activities are archived, and were work all the same.",
    )
    aggregate = fields.Selection(AGGREGATES, required=True, default=COUNT, tracking=True)
    value_field = fields.Char(
        "Value",
        tracking=True,
        help="The field that is summed up, or told apart, with dots between links.",
    )
    part_domain = fields.Char("Part Where", default="[]", tracking=True)
    date_field = fields.Char(
        "Day",
        default="create_date",
        tracking=True,
        help="The date that says when it counts, in the time zone of the company.",
    )
    late_field = fields.Char(
        "Only If Late",
        tracking=True,
        help="The date on which it was done. Then only those count that were done after their day, "
        "or are not done though their day is over: on that day, whenever they are done.",
    )
    start_field = fields.Char("Time Begins", default="create_date", tracking=True)
    is_working_time = fields.Boolean(
        "Working Time", default=True, tracking=True, help="By the working hours of the company."
    )
    actor_path = fields.Char(
        "Whose It Is",
        default="user_id",
        tracking=True,
        help="Fields that lead to the employee, with dots between, as user_id or "
        "partner_id.user_id. Whoever it was at that moment, later changes move nothing.",
    )
    unit = fields.Selection(UNITS, required=True, default="number")
    direction = fields.Selection(DIRECTIONS, required=True, default=score.MORE)
    # what the job found
    state = fields.Selection(
        [("waiting", "Not counted yet"), ("ready", "Counted"), ("broken", "Broken")],
        required=True,
        readonly=True,
        default="waiting",
        copy=False,
        index=True,
    )
    problem = fields.Char("What Is Wrong", readonly=True, copy=False)
    date_counted = fields.Datetime("Counted since", readonly=True, copy=False)

    _code_unique = models.Constraint("UNIQUE(code)", "Another measure has this code.")

    @api.depends("model_id")
    def _compute_model_name(self):
        for measure in self:
            # a model that is gone leaves its name; sudo: names of models are no secret
            measure.model_name = measure.model_id.sudo().model or measure.model_name

    def copy_data(self, default=None):
        # a code says which one formulas mean
        return [
            {"code": find_free_code(self, one.code), **vals}
            for one, vals in zip(self, super().copy_data(default), strict=True)
        ]

    def _get_documents(self):
        """Return the model that is measured, without records."""
        self.ensure_one()
        return self.env[self.model_name]

    def _get_definition(self):
        """Return all that says how it counts, as JSON knows it."""
        self.ensure_one()
        return {"id": self.id, **{name: self[name] for name in DEFINITION}}

    def _get_condition(self, name="domain"):
        """Return a condition as it is written."""
        self.ensure_one()
        # a literal, never code
        return Domain(literal_eval(self[name] or "[]"))

    def _get_domain(self, name="domain"):
        """Return a condition as a domain, archived documents in or out as the measure says.

        What must not be counted is left out, whatever is written.
        """
        found = self._get_condition(name)
        if name != "domain":
            return found
        active_name = self._get_documents()._active_name
        if active_name and not self.has_archived:
            found &= Domain(active_name, "=", True)
        return found & self._get_counted_domain()

    def _get_axis(self):
        """Return the fields that say when it counts, and for whom."""
        self.ensure_one()
        return self.date_field, self.actor_path or ""

    def _is_historic(self):
        """Say whether a document of any day can change what is counted on another."""
        return self.aggregate in HISTORIC

    def _get_value(self, total, count, distinct, least, most):
        """Return the value of a period from what its facts add up to, or None for "no value"."""
        self.ensure_one()
        return value(self.aggregate, Tally(total or 0, count or 0, distinct or 0, least, most))
