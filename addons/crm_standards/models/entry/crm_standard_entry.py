from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic.entry import Form, Line, parse_choices
from .entry_book import COUNTABLE, MODELS

#: What a line means; a change of these makes what was found by it worthless.
MEANING_FIELDS = frozenset(
    {"subject", "field_id", "form_check", "min_length", "max_length", "pattern"}
    | {"allowed_values", "domain", "active", "standard_id"}
)

#: Kept by the system: which records the job has looked at, and what it found out about the line.
KEPT_FIELDS = frozenset({"is_runaway", "date_checked", "last_checked_id"})

FORM_CHECKS = [
    ("any", "Any"),
    ("email", "E-mail address"),
    ("phone", "Phone number"),
    ("tax_id", "Tax number"),
    ("length", "Length"),
    ("choice", "One of these"),
    ("pattern", "Pattern"),
]


class CrmStandardEntry(models.Model):
    """One line of a data-entry standard: a field, what goes into it, and in what form."""

    _name = "crm.standard.entry"
    _description = "Line of a Data-Entry Standard"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    subject = fields.Selection(
        [("company", "Companies"), ("person", "Persons"), ("lead", "Opportunities")],
        string="Speaks of",
        default="company",
        required=True,
        help="Companies and persons are contacts; whether leads, opportunities or both are meant"
        " the standard says.",
    )
    field_model = fields.Char(compute="_compute_field_model")
    field_id = fields.Many2one(
        "ir.model.fields",
        ondelete="set null",  # the line stays and says that its field is gone
        domain=[*COUNTABLE],
        help="The field to be filled in.",
    )
    field_name = fields.Char(compute="_compute_field_name", store=True, string="Technical Name")
    name = fields.Char(compute="_compute_name", string="Field Label")
    weight = fields.Integer(default=1, required=True, help="From 1, good to know, to 10, vital.")
    requirement = fields.Selection(
        [("required", "Required"), ("wished", "Wished for")],
        string="Must it be filled in?",
        default="required",
        required=True,
        help="What is only wished for may stay empty; it counts in the completeness all the same.",
    )
    strength = fields.Selection(
        [("advise", "Advise"), ("record", "Record"), ("block", "Block")],
        default="advise",
        required=True,
        help="Advise: shown on the form only. Record: saved, and the gap goes on record. Block:"
        " nobody can save a record with this gap newly made; where nobody is at the screen"
        " (e-mail, website, automation) the record is kept and the gap goes on record.",
    )
    guidance = fields.Text(
        translate=True, help="What information goes into the field, and how it is written."
    )
    form_check = fields.Selection(
        FORM_CHECKS,
        string="Form",
        default="any",
        required=True,
        help="Tax numbers are checked by the rules of the contact's country, phone numbers by its"
        " numbering plan.",
    )
    min_length = fields.Integer(string="Least Length", help="In signs.")
    max_length = fields.Integer(string="Most Length", help="In signs; 0 for no limit.")
    pattern = fields.Char(
        help="A regular expression, as PostgreSQL understands it, that the whole text must match."
        r" For example \d{6} for a Russian postal code."
    )
    allowed_values = fields.Text(help="One a line. Case and blanks do not count.")
    domain = fields.Char(string="Applies to", help="Only these records; leave empty for all.")
    is_runaway = fields.Boolean(
        readonly=True,
        copy=False,
        help="The pattern took too long on real data and is not applied until it is changed.",
    )
    date_checked = fields.Datetime(
        string="Checked on",
        readonly=True,
        copy=False,
        help="When the form of all records there were was looked at the last time.",
    )
    last_checked_id = fields.Integer(
        readonly=True, copy=False, help="How far the job has come with this line."
    )
    fault_ids = fields.One2many("crm.standard.entry.fault", "entry_id", readonly=True)
    problem = fields.Char(compute="_compute_problem", help="Why the line cannot be applied.")

    _weight_in_range = models.Constraint(
        "CHECK(weight BETWEEN 1 AND 10)", "The weight of a field is between 1 and 10."
    )

    @api.depends("subject")
    def _compute_field_model(self):
        for line in self:
            line.field_model = MODELS.get(line.subject)

    @api.depends("field_id")
    def _compute_field_name(self):
        for line in self:
            # read by every employee; and remembered when the field is removed
            line.field_name = line.sudo().field_id.name or line.field_name

    @api.depends("field_id", "field_name")
    @api.depends_context("lang")
    def _compute_name(self):
        for line in self:
            # every employee may read what is asked of him; field labels are for administrators
            line.name = line.sudo().field_id.field_description or line.field_name

    @api.depends("subject", "field_id", "domain", "is_runaway", "form_check", "pattern")
    @api.depends("min_length", "max_length", "allowed_values")
    @api.depends_context("lang")
    def _compute_problem(self):
        for line in self:
            line.problem = line._find_problem()

    @api.constrains("subject", "field_id", "domain", "form_check", "pattern")
    @api.constrains("min_length", "max_length", "allowed_values")
    def _check_applicable(self):
        for line in self:
            if problem := line._find_problem():
                raise ValidationError(
                    self.env._("Line “%(line)s”: %(problem)s", line=line._title(), problem=problem)
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._without_kept(vals) for vals in vals_list])
        self.env["crm.standard.history"]._note_event(lines, "", self.env._("line added"))
        self._trigger_recheck()
        return lines

    def write(self, vals):
        vals = self._without_kept(vals)
        means_more = not vals.keys().isdisjoint(MEANING_FIELDS)
        if means_more:
            vals |= {"is_runaway": False, "date_checked": False, "last_checked_id": 0}
        with self.env["crm.standard.history"]._watching(self, vals):
            result = super().write(vals)
        if means_more:
            self._forget_faults()
            self._trigger_recheck()
        return result

    def unlink(self):
        self.env["crm.standard.history"]._note_event(self, "", self.env._("line removed"))
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        breaches = self.env["crm.standard.entry.breach"].sudo()  # counts others' gaps too
        for line in self:
            if breaches.search_count([("entry_id", "=", line.id)], limit=1):
                raise ValidationError(
                    self.env._(
                        "Line “%(line)s” has gaps on record, which must stay provable. Archive it"
                        " instead of deleting it.",
                        line=line._title(),
                    )
                )

    @api.model
    def _without_kept(self, vals):
        """Return the values without those that only the system sets."""
        return {name: value for name, value in vals.items() if name not in KEPT_FIELDS}

    def _keep(self, vals):
        """Write what the system has found out about the line: no new meaning, no history."""
        # pylint: disable=super-method-mismatch,missing-return; our own write drops these fields
        super().write(vals)

    def _mark_runaway(self):
        """Note that the pattern takes too long, and apply it no more: it must stop nobody."""
        self.env["crm.standard"]._forget_rulebook()
        self._keep({"is_runaway": True})
        self._forget_faults()

    def _forget_faults(self):
        """Drop what was found by lines that mean something else now."""
        # the system's own findings, which nobody else can delete
        self.env["crm.standard.entry.fault"].sudo()._forget(self)

    @api.model
    def _trigger_recheck(self):
        """Have the job look at the form of all records soon."""
        # whoever writes a line needs no right to jobs
        cron = self.env.ref("crm_standards.crm_standard_entry_cron_recheck", False)
        if cron:
            cron.sudo()._trigger()  # see above

    def _title(self) -> str:
        """Return how messages call the line."""
        self.ensure_one()
        return f"{self.standard_id.display_name}: {self.name or '…'}"

    def _to_logic(self) -> Line:
        """Return the line as the logic wants it."""
        self.ensure_one()
        form = Form(
            kind="any" if self.is_runaway else self.form_check,
            min_length=self.min_length,
            max_length=self.max_length,
            choices=parse_choices(self.allowed_values or ""),
            pattern=self.pattern or "",
        )
        return Line(
            id=self.id,
            field_name=self.field_name,
            weight=self.weight,
            is_required=self.requirement == "required",
            strength=self.strength,
            form=form,
        )

    def action_view_gaps(self):
        """Open the records that do not keep this line, of those the user may see."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": MODELS[self.subject],
            "view_mode": "list,form",
            "domain": [("entry_gap_ids", "in", self.ids)],
        }
