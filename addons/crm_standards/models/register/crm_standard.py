from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from ...logic.gate import Rule, Scope
from ..common.version_watch import touch, touching

LEAD_TYPES = [("lead", "Leads"), ("opportunity", "Opportunities")]

#: Kinds of written standards a company has.
DOCUMENT_TYPES = [
    ("process", "Process"),
    ("job_instruction", "Job Instruction"),
    ("contact_regulation", "Contact Regulation"),
    ("data_entry", "Data-Entry Standard"),
    ("evaluation_method", "Evaluation Method"),
    ("glossary", "Glossary Term"),
]

#: Written by the register itself and by nobody else.
SYSTEM_FIELDS = frozenset({"date_in_force", "live_id", "version_id"})

#: What decides whether a standard speaks to a lead.
SCOPE_FIELDS = ("company_id", "team_id", "type")


class CrmStandard(models.Model):
    """A written standard of the company: whom it speaks to, since when, and its rules.

    Rules of standards in force make up the *rulebook*, which is kept in memory because every
    change of every lead asks it.
    """

    _name = "crm.standard"
    _description = "Standard"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    document_type = fields.Selection(
        DOCUMENT_TYPES,
        string="Kind of Document",
        default="process",
        required=True,
        index=True,
        help="What the document is about; its form shows what belongs to that kind.",
    )
    code = fields.Char(help="Short mark of the document, as people quote it: for example “ST-12”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In Force"), ("retired", "Retired")],
        default="draft",
        required=True,
        copy=False,
        help="Only the rules of a standard in force are applied.",
    )
    description = fields.Html(
        string="Text", translate=True, help="The text of the standard, as employees should read it."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        help="Answers for the standard. A refused employee is told to ask this person.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Leave empty for a standard of all companies."
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Sales Teams",
        check_company=True,
        ondelete="restrict",  # a standard without its teams would speak to everybody
        help="Leave empty for all teams.",
    )
    lead_type = fields.Selection(
        LEAD_TYPES, string="Speaks of", help="Leave empty for leads and opportunities alike."
    )
    date_from = fields.Date(string="In force from", help="First day, included.")
    date_to = fields.Date(string="In force to", help="Last day, included.")
    date_in_force = fields.Datetime(
        string="Put in force on", readonly=True, copy=False, help="The last time, if several."
    )
    history_ids = fields.One2many("crm.standard.history", "standard_id", readonly=True)
    rule_ids = fields.One2many("crm.standard.rule", "standard_id", string="Rules", copy=True)
    problem = fields.Text(
        compute="_compute_problem", help="Why some rules of this standard cannot be applied."
    )
    violation_count = fields.Integer(compute="_compute_violation_count")

    _dates_in_order = models.Constraint(
        "CHECK(date_from IS NULL OR date_to IS NULL OR date_from <= date_to)",
        "A standard cannot end before it begins.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for standard in self:
            standard.display_name = " ".join(filter(None, (standard.code, standard.name)))

    @api.depends("rule_ids.problem")
    def _compute_problem(self):
        for standard in self:
            lines = [f"{rule.name}: {rule.problem}" for rule in standard.rule_ids if rule.problem]
            standard.problem = "\n".join(lines)

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_violation_count(self):
        counts = dict(
            self.env["crm.standard.violation"]._read_group(
                [("standard_id", "in", self.ids)], ["standard_id"], ["__count"]
            )
        )
        for standard in self:
            standard.violation_count = counts.get(standard, 0)

    @api.constrains("state", "rule_ids")
    def _check_rules(self):
        for standard in self:
            if standard.state == "in_force" and standard.problem:
                raise ValidationError(
                    self.env._(
                        "“%(standard)s” cannot be put in force yet:\n%(problem)s",
                        standard=standard.display_name,
                        problem=standard.problem,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._forget_rulebook()
        now = self.env.cr.now()
        vals_list = [self._without_system(vals) for vals in vals_list]
        for vals in vals_list:
            vals["date_in_force"] = now if vals.get("state") == "in_force" else False
        with touching(self):
            standards = super().create(vals_list)
            touch(standards)
        return standards

    def write(self, vals):
        self._forget_rulebook()
        vals = self._without_system(vals)
        if vals.get("state") == "in_force":
            vals["date_in_force"] = self.env.cr.now()
        with touching(self), self.env["crm.standard.history"]._watching(self, vals):
            result = super().write(vals)
        if "date_in_force" in vals:
            self.rule_ids._restart()
        return result

    @api.model
    def _without_system(self, vals: dict) -> dict:
        """Return values without what the register alone writes."""
        return {name: value for name, value in vals.items() if name not in SYSTEM_FIELDS}

    def _write_system(self, vals: dict) -> None:
        """Write what the register alone writes."""
        # pylint: disable=super-method-mismatch,missing-return; our own write refuses these fields
        super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        for standard in self:
            if standard.date_in_force:
                raise UserError(
                    self.env._(
                        "“%(standard)s” was in force, and what was judged by it must stay"
                        " provable. Retire it instead of deleting it.",
                        standard=standard.display_name,
                    )
                )

    def unlink(self):
        self._forget_rulebook()
        return super().unlink()

    def action_put_in_force(self):
        """Apply the rules from now on (or from the first day that is written down)."""
        self.write({"state": "in_force", "active": True})

    def action_retire(self):
        """Apply the rules no more. What was recorded stays."""
        self.write({"state": "retired"})

    def action_back_to_draft(self):
        """Take the standard out of force to work on it."""
        self.write({"state": "draft"})

    def action_view_violations(self):
        """Open the violations of this standard."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_violation_action"
        )
        action["domain"] = [("standard_id", "=", self.id)]
        action["context"] = {}
        return action

    @api.model
    def _forget_rulebook(self):
        """Drop the rules kept in memory, in all workers.

        Once more after the commit: until then another thread may fill the memory with old rules.
        """
        self.env.registry.clear_cache()
        self.env.cr.postcommit.add(self.env.registry.clear_cache)

    @api.model
    @ormcache()
    def _get_rulebook(self) -> tuple[Rule, ...]:
        """Return the rules of all standards in force, of all companies, in their order.

        The caller looks whether a rule speaks to his lead and whether its dates hold
        (:func:`~odoo.addons.crm_standards.logic.gate.is_in_scope`). Rules that cannot be applied
        (see ``problem``) are left out, so that one broken rule stops nobody's work.
        """
        # the law is the same for all; the caller's context must not decide what it is
        everywhere = self.with_env(self.env(su=True, context={}))
        standards = everywhere.search([("state", "=", "in_force")])
        return tuple(
            rule._to_logic(scope)
            for standard in standards
            for scope in [standard._to_scope()]
            for rule in standard.rule_ids
            if rule.active and rule._speaks_of_leads() and not rule.problem
        )

    @api.model
    @ormcache()
    def _get_watched_fields(self) -> frozenset[str]:
        """Return the lead's fields whose writing may break a rule without moving the lead.

        These are the fields that must stay filled, what they are computed from (who takes the
        customer away may take his e-mail address with him), and what decides whether a rule speaks
        to the lead at all: otherwise one could leave the team, move on, and come back.
        """
        rules = [rule for rule in self._get_rulebook() if rule.kind != "time_limit"]
        todo = list(SCOPE_FIELDS) if rules else []
        for rule in rules:
            if rule.kind == "enter" and rule.is_invariant:
                todo += rule.reads
            if rule.domain:
                domain = self.env["crm.standard.rule"]._parse_domain(rule.domain)
                todo += [leaf.field_expr.split(".")[0] for leaf in domain.iter_conditions()]
        lead_fields, watched = self.env["crm.lead"]._fields, set()
        while todo:
            name = todo.pop()
            if name not in watched and name in lead_fields:
                watched.add(name)
                paths = self.pool.field_depends[lead_fields[name]]
                todo += [path.split(".")[0] for path in paths]
        return frozenset(watched)

    @api.model
    @ormcache()
    def _get_condition_fields(self) -> frozenset[str]:
        """Return the lead's fields that conditions of rules in force look at."""
        parse = self.env["crm.standard.rule"]._parse_domain
        names = set()
        for rule in self._get_rulebook():
            if rule.domain:
                leaves = parse(rule.domain).iter_conditions()
                names.update(leaf.field_expr.split(".")[0] for leaf in leaves)
            if rule.needs:
                names.update(rule.reads)
        return frozenset(names)

    def _to_scope(self) -> Scope:
        """Return whom this standard speaks to, as the logic wants it."""
        self.ensure_one()
        return Scope(
            company_id=self.company_id.id or None,
            team_ids=frozenset(self.with_context(active_test=False).team_ids.ids),
            lead_type=self.lead_type or None,
            date_from=self.date_from or None,
            date_to=self.date_to or None,
        )
