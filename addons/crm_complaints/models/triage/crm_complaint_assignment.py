from odoo import api, fields, models
from odoo.fields import Domain

from ...logic.assignment import choose, load
from ..case.crm_complaint import PRIORITY_CHOICES
from ..case.crm_complaint_stage import OPEN_KINDS

WAYS_TO_CHOOSE = [
    ("load", "Who has the least open work"),
    ("turn", "In turn"),
    ("owner", "The customer's own salesperson"),
]


class CrmComplaintAssignment(models.Model):
    """A rule by which complaints nobody has taken are given to people.

    Rules are asked in their order; the first that fits a complaint and finds somebody counts. Who
    is away or archived is skipped; if all are, those who stand in for them are asked.
    """

    _name = "crm.complaint.assignment"
    _description = "Assignment Rule of Complaints"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: for all.")
    category_ids = fields.Many2many(
        "crm.complaint.category",
        string="Categories",
        help="With what is part of them. Empty: whatever it is about.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        "crm_complaint_assignment_crm_team_rel",
        string="Teams",
        help="Complaints of these teams. Empty: of all, and those of no team.",
    )
    priority_least = fields.Selection(
        PRIORITY_CHOICES, "From Priority", help="Empty: whatever the priority."
    )
    is_for_confidential = fields.Boolean(
        "Confidential Ones Too",
        help="Confidential complaints are given to somebody only by rules that say so; others wait"
        " for a manager.",
    )
    way = fields.Selection(WAYS_TO_CHOOSE, "Choose", required=True, default="load")
    user_ids = fields.Many2many(
        "res.users",
        string="People",
        domain=lambda self: [
            ("all_group_ids", "in", self.env.ref("crm_complaints.group_user").ids)
        ],
        help="Who is chosen from. Empty: the members of the complaint's team.",
    )
    team_id = fields.Many2one(
        "crm.team",
        "Give to Team",
        check_company=True,
        ondelete="restrict",
        help="The team the complaint goes to. Empty: it stays where it is.",
    )
    last_user_id = fields.Many2one(
        "res.users", "Last Chosen", readonly=True, copy=False, ondelete="set null"
    )
    assigned_count = fields.Integer("Assigned", readonly=True, copy=False)

    def _fits(self, complaint):
        """Hook: tell whether this rule is for a complaint (in sudo)."""
        self.ensure_one()
        if self.company_id and self.company_id != complaint.company_id:
            return False
        if complaint.is_confidential and not self.is_for_confidential:
            return False
        if self.team_ids and complaint.team_id not in self.team_ids:
            return False
        if (complaint.priority or "0") < (self.priority_least or "0"):
            return False
        path = f"/{complaint.category_id.parent_path or ''}"
        return not self.category_ids or any(
            f"/{category.id}/" in path for category in self.category_ids
        )

    def _choose(self, complaint, loads):
        """Return who gets a complaint by this rule; empty where there is nobody.

        :param loads: what each person carries, by id
        """
        self.ensure_one()
        people = self._get_people(complaint)
        present = people.browse(set(people.ids) - people._deadline_get_away(fields.Datetime.now()))
        able = present._filter_complaint_able(complaint)
        if not able:
            stand_ins = people.browse(set(people._deadline_stand_ins().values()))
            away = stand_ins._deadline_get_away(fields.Datetime.now())
            able = stand_ins.browse(set(stand_ins.ids) - away)._filter_complaint_able(complaint)
        loads = loads if self.way == "load" else {}
        return able.browse(choose(able.ids, loads, self.last_user_id.id or None) or [])

    def _get_people(self, complaint):
        """Hook: return from whom this rule chooses."""
        if self.way == "owner":
            partner = complaint.partner_id
            return partner.user_id or partner.commercial_partner_id.user_id
        team = self.team_id or complaint.team_id
        return self.user_ids or team.crm_team_member_ids.filtered("active").user_id

    def _note_assigned(self, user):
        """Remember who was chosen.

        The rule's row always changes: that tells a second worker, who began before, to begin anew.
        """
        self.write({"last_user_id": user.id, "assigned_count": self.assigned_count + 1})

    @api.model
    def _get_of(self, companies):
        """Return the rules in use for complaints of these companies."""
        domain = Domain("company_id", "=", False) | Domain("company_id", "in", companies.ids)
        return self.search(domain)

    @api.model
    def _get_people_loads(self, complaints):
        """Return the open work of each person, in one statement over all companies' complaints."""
        counts = complaints._read_group(
            [("user_id", "!=", False), ("state", "in", OPEN_KINDS)],
            ["user_id", "priority"],
            ["__count"],
        )
        by_user = {}
        for user, priority, count in counts:
            by_user.setdefault(user.id, []).append((priority, count))
        return {user_id: load(pairs) for user_id, pairs in by_user.items()}
