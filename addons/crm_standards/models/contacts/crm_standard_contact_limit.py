from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic.gate import Scope

ARRIVALS = [
    ("email", "By e-mail"),
    ("website", "By the website"),
    ("phone", "By phone"),
    ("manual", "Entered by hand"),
    ("other", "Otherwise"),
]


class CrmStandardContactLimit(models.Model):
    """How soon an opportunity is answered, how long it may be silent, how old it may become.

    Each limit is kept by a clock on the opportunity, whose policy says how long and tells people
    before and after. The clocks are drawn from the contacts, see
    ``crm_standard_contact_limit_follow.py``.
    """

    _name = "crm.standard.contact.limit"
    _description = "Time Limit of Contacts"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("response", "First answer"),
            ("silence", "Time without contact"),
            ("age", "Shelf life"),
        ],
        default="response",
        required=True,
        help="First answer: from the arrival to our first message, call or meeting; automatic"
        " replies and internal notes are none. Time without contact: from the last contact."
        " Shelf life: from the arrival until it is won or lost.",
    )
    policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Deadline",
        required=True,
        ondelete="restrict",
        check_company=True,
        help="How long it may take, and who is told when it nears and passes.",
    )
    arrival = fields.Selection(
        ARRIVALS, string="Came In", help="Only leads that came in so; leave empty for all."
    )
    medium_ids = fields.Many2many(
        "utm.medium",
        "crm_standard_contact_limit_medium_rel",
        string="Mediums",
        help="Only leads of these mediums; leave empty for all.",
    )
    source_ids = fields.Many2many(
        "utm.source",
        "crm_standard_contact_limit_source_rel",
        string="Sources",
        help="Only leads of these sources; leave empty for all.",
    )
    stage_ids = fields.Many2many(
        "crm.stage",
        "crm_standard_contact_limit_stage_rel",
        string="Stages",
        help="Only while the opportunity is in these stages; leave empty for all.",
    )
    domain = fields.Char(
        string="Applies to",
        help="Only these leads; leave empty for all leads the standard speaks of.",
    )
    strength = fields.Selection(
        [("advise", "Advise"), ("record", "Record")],
        default="record",
        required=True,
        help="Advise: the deadline is shown and people are told. Record: besides, what was late"
        " goes into the register.",
    )
    problem = fields.Char(compute="_compute_problem", help="Why the limit cannot be applied.")

    @api.depends("domain", "policy_id")
    @api.depends_context("lang")
    def _compute_problem(self):
        for limit in self:
            limit.problem = limit._find_problem()

    @api.constrains("domain", "policy_id")
    def _check_applicable(self):
        for limit in self:
            if problem := limit._find_problem():
                raise ValidationError(
                    self.env._("Limit “%(limit)s”: %(problem)s", limit=limit.name, problem=problem)
                )

    def _find_problem(self) -> str:
        """Return why the limit cannot be applied, or an empty text."""
        self.ensure_one()
        company = self.policy_id.company_id
        if company and company != self.company_id:
            return self.env._("its deadline belongs to another company.")
        return self._find_condition_problem(self.domain, "crm.lead")

    def _get_words(self) -> str:
        """Return what is limited, to how long, for whom, and how strictly."""
        places = [
            *self.stage_ids.mapped("name"),
            *self.medium_ids.mapped("name"),
            *self.source_ids.mapped("name"),
        ]
        return self._join_words(
            f"{self._get_choice('kind')}: {self.policy_id.display_name}",
            self._get_choice("arrival"),
            ", ".join(places),
            self._describe_condition(),
            self._get_choice("strength"),
        )

    def _get_domain(self) -> Domain:
        """Return the open leads this limit speaks of."""
        self.ensure_one()
        scope: Scope = self.standard_id._to_scope()
        domain = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        for name, value in (
            ("company_id", scope.company_id),
            ("type", scope.lead_type),
            ("arrival", self.arrival),
        ):
            if value:
                domain &= Domain(name, "=", value)
        for name, ids in (
            ("team_id", list(scope.team_ids)),
            ("medium_id", self.medium_ids.ids),
            ("source_id", self.source_ids.ids),
            ("stage_id", self.stage_ids.ids),
        ):
            if ids:
                domain &= Domain(name, "in", ids)
        if self.domain:
            domain &= self.env["crm.standard.rule"]._parse_domain(self.domain)
        return domain
