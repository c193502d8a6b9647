from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...logic.assignment import Duty
from ...logic.gate import Scope


class CrmStandardStageDuty(models.Model):
    """Who is responsible for deals in a stage, and what is handed over to him.

    "If all are responsible there is nobody to ask": a standard names one role for a stage. When a
    deal comes into the stage out of other hands, the role's person gets an assignment.
    """

    _name = "crm.standard.stage.duty"
    _description = "Responsible Role of a Stage"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    stage_id = fields.Many2one("crm.stage", required=True, ondelete="restrict", index=True)
    role_id = fields.Many2one(
        "crm.standard.role",
        string="Responsible role",
        required=True,
        ondelete="restrict",
        check_company=True,
        index=True,
        help="Whose person gets the deal: of several the one with the least open assignments,"
        " among those present. If there is nobody, the leader of the sales team.",
    )
    name = fields.Char(
        string="Task",
        required=True,
        translate=True,
        help="What is to be done in the stage, as the receiver reads it.",
    )
    description = fields.Text(
        string="What is handed over",
        translate=True,
        help="What the receiver must get from the sender: documents, agreements, names.",
    )
    accept_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Accept within",
        ondelete="restrict",
        check_company=True,
        help="How long the receiver has to accept or decline. Empty: as the settings say.",
    )
    work_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Do within",
        ondelete="restrict",
        check_company=True,
        help="How long the work may take once it is accepted. Empty: no deadline.",
    )
    is_takeover = fields.Boolean(
        string="Takes over the deal",
        default=True,
        help="Whoever accepts becomes the salesperson of the opportunity. Otherwise it stays with"
        " the present one, and the receiver sees of it what he may see anyway.",
    )

    # looked at when the work is done: two lines may exchange their stages
    _one_per_stage = models.Constraint(
        "EXCLUDE (standard_id WITH =, stage_id WITH =) WHERE (active)"
        " DEFERRABLE INITIALLY DEFERRED",
        "A stage has one responsible role in a standard: change the line that is there.",
    )

    @api.model
    @ormcache()
    def _get_duties(self) -> tuple[tuple[Scope, Duty], ...]:
        """Return the duties of all standards in force, each with whom its standard speaks to."""
        return tuple(
            (duty.standard_id._to_scope(), Duty(duty.id, duty.stage_id.id, duty.role_id.id))
            for duty in self._search_law()
        )

    def _find_people(self, lead):
        """Return who may get a deal: the role's people, else those who answer for it."""
        self.ensure_one()
        people = self.role_id._get_present_people(lead)
        leader = lead.team_id.user_id or self.standard_id.user_id
        return people or leader.filtered("active")

    def _get_words(self) -> str:
        """Return who does what in which stage, within which terms."""
        get_label = self.env["crm.standard"]._get_label
        terms = [
            f"{get_label(self, name)}: {self[name].display_name}"
            for name in ("accept_policy_id", "work_policy_id")
            if self[name]
        ]
        return self._join_words(
            f"{self.stage_id.name}: {self.role_id.name}",
            self.description,
            *terms,
            get_label(self, "is_takeover") if self.is_takeover else "",
        )

    def _find_problem(self) -> str:
        """Return who is missing and what happens meanwhile, or an empty text."""
        self.ensure_one()
        names = {
            "standard": self.standard_id.display_name,
            "stage": self.stage_id.name,
            "role": self.role_id.name,
        }
        if not self.role_id.active:
            return self.env._(
                "%(standard)s, %(stage)s: the role “%(role)s” is archived. Choose another one.",
                **names,
            )
        if self.role_id.kind == "people" and not self.role_id.user_ids.filtered("active"):
            return self.env._(
                "%(standard)s, %(stage)s: nobody plays the role “%(role)s”, so its deals go to the"
                " leader of the sales team. Name people in the role.",
                **names,
            )
        if self.role_id.kind == "leader" and (teams := self._find_leaderless_teams()):
            return self.env._(
                "%(standard)s, %(stage)s: no leader in %(teams)s, so their deals go to the owner of"
                " the standard. Name a leader.",
                teams=", ".join(teams.mapped("name")),
                **names,
            )
        return ""

    def _find_leaderless_teams(self):
        """Return the teams that the standard speaks to and nobody leads."""
        domain = Domain("user_id", "=", False)
        if teams := self.standard_id.team_ids:
            domain &= Domain("id", "in", teams.ids)
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        return self.env["crm.team"].search(domain)


class CrmStandard(models.Model):
    """A standard names the responsible role of each stage."""

    _inherit = "crm.standard"

    duty_ids = fields.One2many(
        "crm.standard.stage.duty", "standard_id", string="Responsible by stage", copy=True
    )

    def _follow_versions(self):
        self._check_duties()
        return super()._follow_versions()

    def _check_duties(self) -> None:
        """Refuse a second role for a stage, when the whole piece of work is done.

        The database looks again when the transaction ends, in case somebody else adds one now.
        """
        duties = self.env["crm.standard.stage.duty"].sudo()  # the law binds whoever works on it
        doubled = duties._read_group(
            [("standard_id", "in", self.ids)],
            ["standard_id", "stage_id"],
            having=[("__count", ">", 1)],
            limit=1,
        )
        for standard, stage in doubled:
            raise ValidationError(
                self.env._(
                    "%(standard)s, %(stage)s: a stage has one responsible role in a standard."
                    " Change the line that is there.",
                    standard=standard.display_name,
                    stage=stage.name,
                )
            )
