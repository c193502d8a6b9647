from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmStandardRole(models.Model):
    """A part somebody plays in the process: who approves, who takes over the next stage.

    Standards name roles and not people, so that they outlive both. A role is filled by a person of
    the lead itself, by the leader of its sales team, or by people named in the role, team by team
    where teams have their own.
    """

    _name = "crm.standard.role"
    _description = "Role in the Process"
    _inherit = ["crm.standard.named"]
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
            ("responsible", "The salesperson of the opportunity"),
            ("leader", "The leader of its sales team"),
            ("people", "These people"),
        ],
        string="Filled by",
        default="people",
        required=True,
    )
    user_ids = fields.Many2many(
        "res.users",
        "crm_standard_role_user_rel",
        string="People",
        domain=[("share", "=", False)],
        help="Whoever of them works in the opportunity's sales team comes first; if none does, all"
        " of them are asked.",
    )

    @api.constrains("kind", "user_ids", "active")
    def _check_people(self):
        for role in self:
            if role.active and role.kind == "people" and not role.user_ids:
                raise ValidationError(
                    self.env._(
                        "Role “%(role)s” is filled by nobody: choose people, or let the"
                        " opportunity decide.",
                        role=role.name,
                    )
                )

    @api.model
    def _get_standard_fields(self):
        # people come and go without a new version; the words of a version say who it was
        return ["kind"]

    def _get_standard_words(self):
        if self.kind == "people":
            return ", ".join(self.user_ids.mapped("name"))
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _get_people(self, lead):
        """Return the active people who play this role for a lead, not regarding absences.

        :param lead: one ``crm.lead``
        :return: ``res.users``, empty where the lead has no such person
        """
        self.ensure_one()
        role, lead = self.sudo(), lead.sudo()  # who is in charge is no secret, whoever asks
        if role.kind == "responsible":
            people = lead.user_id
        elif role.kind == "leader":
            people = lead.team_id.user_id
        else:
            members = role.user_ids & lead.team_id.member_ids
            people = members or role.user_ids
        return people.filtered("active").sudo(self.env.su)

    def _get_present_people(self, lead):
        """Return who plays this role now: those away are replaced by who stands in for them."""
        people = self._get_people(lead)
        present = self.env["res.users"]
        for person in people:
            present |= person._deadline_stand_in()
        return present
