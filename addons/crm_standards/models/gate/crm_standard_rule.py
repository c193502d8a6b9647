from ast import literal_eval

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...logic.gate import Rule, Scope

#: What a rule means; a change of these makes it a new rule from that moment on.
MEANING_FIELDS = frozenset(
    {"kind", "strength", "stage_ids", "next_stage_ids", "field_ids", "is_invariant", "policy_id"}
    | {"domain", "active", "standard_id", "requirement_kind", "condition", "activity_type_id"}
    | {"activity_count", "plan_id", "document_kind_id", "role_id"}
)

#: Fields somebody can fill in on a lead, and whose emptying the gate can see.
FILLABLE = [
    ("model", "=", "crm.lead"),
    ("store", "=", True),
    ("readonly", "=", False),
    ("ttype", "not in", ["one2many", "properties", "json"]),
    ("name", "!=", "stage_id"),
]

#: A lead with something in every field people compare, to try a condition on.
SAMPLE = {"name": "x", "expected_revenue": 1.0, "email_from": "x@example.com", "phone": "1"}


class CrmStandardRule(models.Model):
    """One rule of a standard: what is asked at which stages, and how strictly."""

    _name = "crm.standard.rule"
    _description = "Rule of a Standard"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("begin", "Stages to begin in"),
            ("enter", "To enter a stage"),
            ("leave", "To leave a stage"),
            ("transition", "Allowed next stages"),
            ("time_limit", "Time limit"),
        ],
        default="enter",
        required=True,
    )
    strength = fields.Selection(
        [("advise", "Advise"), ("record", "Record"), ("block", "Block")],
        default="record",
        required=True,
        help="Advise: shown on the opportunity only. Record: the move happens and a violation is"
        " registered. Block: the move is refused on every path; where nobody is at the screen"
        " (e-mail, website, automation) the lead stays in its last lawful stage and a violation"
        " is registered.",
    )
    stage_ids = fields.Many2many(
        "crm.stage",
        "crm_standard_rule_stage_rel",
        string="Stages",
        help="The stages to begin in, to enter, to leave, to go on from, or to stay in no longer"
        " than allowed.",
    )
    next_stage_ids = fields.Many2many(
        "crm.stage",
        "crm_standard_rule_next_stage_rel",
        string="Next Stages",
        help="Where one may go from these stages. Any other stage is against the rule.",
    )
    field_ids = fields.Many2many(
        "ir.model.fields",
        string="Fields",
        domain=FILLABLE,
        help="All of them must be filled. The number zero and an unticked box count as empty."
        " For an approval: the facts it is given on; when one of them changes, it must be given"
        " anew.",
    )
    is_invariant = fields.Boolean(
        string="Must stay so",
        default=True,
        help="What is asked must hold as long as the lead is in the stage: otherwise one could"
        " fill a field, move on, and clear it again.",
    )
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Deadline",
        ondelete="restrict",
        check_company=True,
        help="How long a lead may stay in the stage.",
    )
    date_in_force = fields.Datetime(
        string="In Force since",
        readonly=True,
        copy=False,
        help="Since when the rule is in force as it is now: it judges nothing older.",
    )
    domain = fields.Char(
        string="Applies to",
        help="Only these leads; leave empty for all leads the standard speaks of.",
    )
    hint = fields.Text(
        translate=True, help="What to do about it: shown with every refusal and on the lead."
    )
    requirement = fields.Char(
        compute="_compute_requirement", help="The rule in one sentence, made from its parts."
    )
    problem = fields.Char(compute="_compute_problem", help="Why the rule cannot be applied.")

    @api.depends(lambda self: self._get_meaning_fields() - {"standard_id", "active", "domain"})
    @api.depends_context("lang")
    def _compute_requirement(self):
        for rule in self:
            rule.requirement = rule._describe()

    @api.depends(lambda self: self._get_meaning_fields() - {"standard_id", "active"})
    @api.depends_context("lang")
    def _compute_problem(self):
        for rule in self:
            rule.problem = rule._find_problem()

    @api.constrains(
        "kind", "strength", "stage_ids", "next_stage_ids", "field_ids", "policy_id", "domain"
    )
    def _check_applicable(self):
        for rule in self:
            if problem := rule._find_problem():
                raise ValidationError(
                    self.env._("Rule “%(rule)s”: %(problem)s", rule=rule.name, problem=problem)
                )

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create([{**vals, "date_in_force": False} for vals in vals_list])
        rules.filtered(lambda rule: rule.standard_id.state == "in_force")._restart()
        self.env["crm.standard.history"]._note_event(rules, "", self.env._("rule added"))
        return rules

    def write(self, vals):
        vals = {name: value for name, value in vals.items() if name != "date_in_force"}
        with self.env["crm.standard.history"]._watching(self, vals):
            result = super().write(vals)
        if not vals.keys().isdisjoint(self._get_meaning_fields()):
            self.filtered(lambda rule: rule.standard_id.state == "in_force")._restart()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        violations = self.env["crm.standard.violation"].sudo()  # counts others' violations too
        for rule in self:
            if violations.search_count([("rule_id", "=", rule.id)], limit=1):
                raise UserError(
                    self.env._(
                        "Rule “%(rule)s” has violations in the register, which must stay provable."
                        " Archive it instead of deleting it.",
                        rule=rule.name,
                    )
                )

    def unlink(self):
        self.env["crm.standard.history"]._note_event(self, "", self.env._("rule removed"))
        return super().unlink()

    @api.model
    def _get_meaning_fields(self) -> frozenset[str]:
        """Hook: return the fields that say what a rule means; see :data:`MEANING_FIELDS`."""
        return MEANING_FIELDS

    def _speaks_of_leads(self) -> bool:
        """Hook: tell whether the rule is about leads, and so for the gate.

        A kind of rule about something else is kept and versioned like the others, and applied by
        the add-on that brings it.
        """
        self.ensure_one()
        return True

    def _restart(self, moment=None) -> None:
        """Note that the rules are in force as they are now since a moment (default: this one)."""
        # pylint: disable=super-method-mismatch,missing-return; our own write refuses this field
        super().write({"date_in_force": moment or self.env.cr.now()})

    def _describe(self) -> str:
        """Return the rule as one sentence in the user's language."""
        self.ensure_one()
        names = {
            "stages": ", ".join(self.stage_ids.mapped("name")) or "…",
            "next": ", ".join(self.next_stage_ids.mapped("name")) or "…",
            # every employee may read what is asked of him; field labels are for administrators
            "fields": ", ".join(self.sudo().field_ids.mapped("field_description")) or "…",
            "term": self.policy_id.display_name or "…",
        }
        match self.kind:
            case "begin":
                return self.env._("Begin only in: %(stages)s", **names)
            case "enter" | "leave" if self.requirement_kind != "fields":
                return self._describe_requirement(names)
            case "enter":
                return self.env._("To enter %(stages)s, fill in: %(fields)s", **names)
            case "leave":
                return self.env._("To leave %(stages)s, fill in: %(fields)s", **names)
            case "transition":
                return self.env._("From %(stages)s, go only to: %(next)s", **names)
            case _:
                return self.env._("In %(stages)s, stay no longer than: %(term)s", **names)

    def _get_words(self) -> str:
        """Return what the rule asks, whom, how strictly, and what to do about it."""
        return self._join_words(
            self.requirement,
            self._describe_condition(),
            self._get_choice("strength"),
            self.hint,
        )

    @api.model
    def _get_domain_fields(self):
        return [*super()._get_domain_fields(), "condition"]

    def _describe_requirement(self, names: dict[str, str]) -> str:
        """Return what a rule asks that asks for something else than fields."""
        names = {**names, "what": self.env["crm.standard.requirement"]._describe(self)}
        if self.kind == "leave":
            return self.env._("To leave %(stages)s: %(what)s", **names)
        return self.env._("To enter %(stages)s: %(what)s", **names)

    def _find_problem(self) -> str:
        """Return why the rule cannot be applied, or an empty text."""
        self.ensure_one()
        if not self.stage_ids:
            return self.env._("choose at least one stage.")
        if self.kind in ("enter", "leave") and (problem := self._find_requirement_problem()):
            return problem
        if self.kind == "transition" and not self.next_stage_ids:
            return self.env._("choose at least one stage one may go to.")
        if self.kind == "time_limit" and not self.policy_id:
            return self.env._("choose how long a lead may stay in the stage.")
        if self.kind == "time_limit" and self.strength == "block":
            return self.env._("time cannot be stopped: choose “Advise” or “Record”.")
        if self.policy_id.company_id and self.policy_id.company_id != self.company_id:
            return self.env._("its deadline belongs to another company.")
        return self._find_domain_problem(self.domain)

    def _find_field_problem(self) -> str:
        """Return why the fields cannot be asked for, or an empty text."""
        fields = self.sudo().field_ids  # see _describe
        if not fields:
            return self.env._("choose at least one field to be filled in.")
        for field in fields:
            if not field.filtered_domain(FILLABLE):
                return self.env._(
                    "nobody can fill in the field “%(field)s”.", field=field.field_description
                )
        return ""

    def _find_domain_problem(self, text: str) -> str:
        """Return why a condition cannot be understood, or an empty text."""
        # the gate compares in Python, the time limits in SQL: both must understand it
        return self._find_condition_problem(text, "crm.lead", SAMPLE)

    @api.model
    @ormcache("text")
    def _parse_domain(self, text: str) -> Domain:
        """Return a condition as a domain; raise ValueError or SyntaxError when it is no literal."""
        return Domain(literal_eval(text))

    @api.model
    @ormcache("text")
    def _parse_condition(self, text: str) -> Domain:
        """Return a condition made ready for leads, so that comparing one costs next to nothing.

        :raise ValueError: or the like, when it cannot be understood
        """
        return self._parse_domain(text).optimize(self.env["crm.lead"].sudo())  # no data is read

    def _to_logic(self, scope: Scope) -> Rule:
        """Return the rule as the logic wants it."""
        self.ensure_one()
        asks_fields = self.requirement_kind == "fields"
        return Rule(
            id=self.id,
            kind=self.kind,
            strength=self.strength,
            stage_ids=frozenset(self.stage_ids.ids),
            field_names=tuple(self.field_ids.mapped("name")) if asks_fields else (),
            next_stage_ids=frozenset(self.next_stage_ids.ids),
            is_invariant=self.is_invariant,
            domain=self.domain or "",
            scope=scope,
            needs=self._get_needs(),
            reads=self._get_reads(),
        )
