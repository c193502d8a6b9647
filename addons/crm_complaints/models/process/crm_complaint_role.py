from __future__ import annotations

from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...logic.task import choose


@dataclass(slots=True)
class Crew:
    """What is known about the people who may get tasks, read once for a whole batch.

    ``counts`` is how many open tasks each of them has, ``stand_ins`` who acts for him now, both by
    the id of the person.
    """

    counts: dict[int, int] = field(default_factory=dict)
    stand_ins: dict[int, int] = field(default_factory=dict)

    def take(self, person_id):
        """Note that somebody got one more."""
        self.counts[person_id] = self.counts.get(person_id, 0) + 1


class CrmComplaintRole(models.Model):
    """A part somebody plays in the handling: who assesses, who looks into it in the warehouse.

    Steps name roles and not people, so that they outlive both. A role is filled by a person of the
    case, by the members of a team, or by people named in the role.
    """

    _name = "crm.complaint.role"
    _description = "Role in Complaints"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Leave empty to share the role between all companies.",
    )
    kind = fields.Selection(
        [
            ("responsible", "Whoever is responsible for the complaint"),
            ("leader", "The leader of the complaint's team"),
            ("team", "The members of a team"),
            ("people", "These people"),
        ],
        "Filled by",
        required=True,
        default="people",
        help="Of several people, the one who is there and has the fewest tasks gets the next one.",
    )
    team_id = fields.Many2one(
        "crm.team",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Another department that takes part.",
    )
    user_ids = fields.Many2many(
        "res.users", "crm_complaint_role_user_rel", string="People", domain=[("share", "=", False)]
    )
    problem = fields.Char("To Mend", compute="_compute_problem")

    @api.depends("kind", "team_id.crm_team_member_ids.active", "team_id.user_id", "user_ids.active")
    @api.depends_context("lang")
    def _compute_problem(self):
        for role in self:
            role.problem = False
            if role.kind in ("team", "people") and not role._get_members():
                role.problem = self.env._(
                    "Role “%(role)s” is filled by nobody: name people or a team with members.",
                    role=role.name or "",
                )

    @api.constrains("kind", "team_id")
    def _check_team(self):
        for role in self:
            if role.kind == "team" and not role.team_id:
                raise ValidationError(
                    self.env._("Role “%(role)s”: choose the team.", role=role.display_name)
                )

    def _get_members(self):
        """Return the active people named by the role itself, whatever the case."""
        self.ensure_one()
        # sudo: who is in charge is no secret, whoever asks
        role = self.sudo()
        people = role.user_ids
        if role.kind == "team":
            people = role.team_id.crm_team_member_ids.filtered("active").user_id
            people = people or role.team_id.user_id
        return people.filtered("active")

    def _get_people(self, complaint):
        """Hook: return who plays this role for a complaint, absences and secrecy not regarded."""
        self.ensure_one()
        if self.kind == "responsible":
            return complaint.user_id
        if self.kind == "leader":
            return complaint.team_id.user_id
        return self._get_members()

    @api.model
    def _get_crew(self, people):
        """Return what is to be known about ``people`` before tasks are given."""
        return Crew(
            self.env["crm.complaint.task"]._get_open_counts(people.ids),
            people._deadline_stand_ins(),
        )

    def _choose_person(self, complaint, crew, without=()):
        """Return who gets the next task of this role: present, let in, and least busy.

        :param complaint: one ``crm.complaint``, in sudo
        :param crew: a ``Crew`` of those who may get it
        :param without: ids of people who must not get it
        """
        self.ensure_one()
        people = self._get_people(complaint)
        present = people.browse(dict.fromkeys(crew.stand_ins[person.id] for person in people))
        fitting = complaint._filter_let_in(present).filtered(
            lambda person: person.active and person.id not in without
        )
        return fitting.browse(choose(fitting.ids, crew.counts))
