from odoo import api, fields, models

from odoo.addons.crm_complaints.models.case.crm_complaint_category import LEVEL_CHOICES
from odoo.addons.crm_complaints.models.clock.crm_complaint_term import CLOCK_KINDS
from odoo.addons.crm_complaints.models.process.crm_complaint_task_follow import ACCEPT, WORK

from ..logic.missed import Law

KIND = "complaint"
TASK_KINDS = (ACCEPT, WORK)
#: Severities from the lowest on, so that they can be compared.
RANKS = {level: rank for rank, (level, _label) in enumerate(LEVEL_CHOICES)}


class CrmStandardRule(models.Model):
    """A rule may ask that complaints are handled in time: each deadline missed is a violation.

    Such a rule is a line of its standard like any other: approved with it, in every version of it,
    and it judges nothing older than itself. The gate of leads knows nothing of it.
    """

    _inherit = "crm.standard.rule"

    kind = fields.Selection(
        selection_add=[(KIND, "Complaints in time")], ondelete={KIND: "cascade"}
    )
    complaint_deadline = fields.Selection(
        [*CLOCK_KINDS, (ACCEPT, "Task: accepted or refused"), (WORK, "Task: done")],
        string="In Time",
        help="Which deadline of complaints has to be kept. Terms of the law are deadlines of their"
        " own.",
    )
    complaint_category_ids = fields.Many2many(
        "crm.complaint.category",
        "crm_standard_rule_complaint_category_rel",
        string="Categories",
        ondelete="restrict",  # without its categories the rule would speak of all complaints
        help="Only complaints of these categories and of those within. Empty: all.",
    )
    complaint_severity = fields.Selection(
        LEVEL_CHOICES, "From Severity", help="Only complaints at least as bad. Empty: all."
    )
    complaint_stage_ids = fields.Many2many(
        "crm.complaint.stage",
        "crm_standard_rule_complaint_stage_rel",
        string="Steps at",
        ondelete="restrict",
        groups="crm_standards.group_manager",  # others read the sentence of the rule
        help="Only tasks that do a step of the process at these stages. Empty: all tasks.",
    )
    complaint_role_ids = fields.Many2many(
        "crm.complaint.role",
        "crm_standard_rule_complaint_role_rel",
        string="Steps by",
        ondelete="restrict",
        groups="crm_standards.group_manager",  # others read the sentence of the rule
        help="Only tasks that do a step of the process in these roles. Empty: all tasks.",
    )

    @api.constrains("kind", "strength", "complaint_deadline")
    def _check_complaint(self):
        self._check_applicable()

    @api.model
    def _get_meaning_fields(self):
        return super()._get_meaning_fields() | {
            "complaint_deadline",
            "complaint_category_ids",
            "complaint_severity",
            "complaint_stage_ids",
            "complaint_role_ids",
        }

    def _speaks_of_leads(self):
        return self.kind != KIND and super()._speaks_of_leads()

    def _find_problem(self):
        self.ensure_one()
        if self.kind != KIND:
            return super()._find_problem()
        if not self.complaint_deadline:
            return self.env._("choose which deadline of complaints has to be kept.")
        if self.strength == "block":
            return self.env._("time cannot be stopped: choose “Advise” or “Record”.")
        return ""

    def _describe(self):
        self.ensure_one()
        if self.kind != KIND:
            return super()._describe()
        what = self._get_choice("complaint_deadline") or "…"
        conditions = ", ".join(self._describe_complaints())
        if conditions:
            return self.env._(
                "Complaints in time: %(what)s (%(which)s)", what=what, which=conditions
            )
        return self.env._("Complaints in time: %(what)s", what=what)

    def _describe_complaints(self):
        """Return in words of which complaints and tasks the rule speaks."""
        # sudo: every employee may read what is asked of him, also who works on no complaints
        rule = self.sudo()
        words = rule.complaint_category_ids.mapped("display_name")
        if rule.complaint_severity:
            level = rule._get_choice("complaint_severity")
            words.append(self.env._("from severity %(level)s", level=level))
        return [
            *words,
            *rule.complaint_stage_ids.mapped("name"),
            *rule.complaint_role_ids.mapped("name"),
        ]

    @api.model
    def _get_complaint_laws(self):
        """Return the rules in force about complaints as the logic knows them, in their order."""
        domain = [("kind", "=", KIND), ("strength", "!=", "advise"), ("date_in_force", "!=", False)]
        return [rule._to_law() for rule in self._search_law(fields.Domain(domain))]

    def _to_law(self):
        self.ensure_one()
        standard = self.standard_id
        is_of_tasks = self.complaint_deadline in TASK_KINDS
        return Law(
            id=self.id,
            deadline=self.complaint_deadline,
            since=self.date_in_force,
            first_day=standard.date_from or None,
            last_day=standard.date_to or None,
            company=standard.company_id.id or None,
            teams=frozenset(standard.with_context(active_test=False).team_ids.ids),
            categories=frozenset(self.complaint_category_ids.ids),
            severity=RANKS.get(self.complaint_severity),
            stages=frozenset(self.complaint_stage_ids.ids if is_of_tasks else ()),
            roles=frozenset(self.complaint_role_ids.ids if is_of_tasks else ()),
        )
