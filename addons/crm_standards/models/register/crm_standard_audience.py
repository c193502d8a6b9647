from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class Term(NamedTuple):
    """A word the company has agreed on."""

    standard_id: int
    term: str
    definition: str


class CrmStandard(models.Model):
    """To whom a standard applies, and who has read it."""

    _inherit = "crm.standard"

    group_ids = fields.Many2many(
        "res.groups",
        "crm_standard_group_rel",
        string="Groups",
        ondelete="restrict",  # without its groups a standard would speak to everybody
        help="The standard is for whoever has one of these rights, too.",
    )
    reader_ids = fields.Many2many(
        "res.users",
        "crm_standard_reader_rel",
        string="Employees",
        domain=[("share", "=", False)],
        ondelete="restrict",  # as above
        help="The standard is for these people, too.",
    )
    audience_ids = fields.Many2many(
        "res.users",
        string="Applies to",
        compute="_compute_audience_ids",
        help="Everybody the standard is for: the members and leaders of its teams, those who have"
        " one of its groups, and the people it names. All employees if it names none of these.",
    )
    audience_count = fields.Integer(compute="_compute_audience_ids")
    is_to_acknowledge = fields.Boolean(
        "To Be Acknowledged",
        help="Everybody the standard is for is asked to read each version and to say so.",
    )
    acknowledge_policy_id = fields.Many2one(
        "crm.deadline.policy",
        string="Read Within",
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env.ref(
            "crm_standards.crm_deadline_policy_read", raise_if_not_found=False
        ),
        help="How long one has to read a version. The policy says who is reminded and who is told"
        " when it passes. Empty: no deadline.",
    )
    read_percent = fields.Integer(
        string="Read", compute="_compute_read_percent", help="Of those asked to whom you may look."
    )

    @api.depends("team_ids", "group_ids", "reader_ids", "company_id")
    def _compute_audience_ids(self):
        users = self.env["res.users"].sudo()  # rights of others decide, whoever asks
        queries = [
            SQL(
                "SELECT %s::int, audience.id FROM (%s) AS audience",
                place,
                users._search(standard._get_audience_domain()).select(),
            )
            for place, standard in enumerate(self)
        ]
        chosen = defaultdict(set)
        if queries:
            rows = self.env.execute_query(SQL("%s", SQL(" UNION ALL ").join(queries)))
            for place, user_id in rows:
                chosen[place].add(user_id)
        # in the order in which users are listed
        everybody = users.search([("id", "in", list(set().union(*chosen.values())))])
        for place, standard in enumerate(self):
            ids = [user_id for user_id in everybody.ids if user_id in chosen[place]]
            standard.audience_ids = self.env["res.users"].browse(ids)
            standard.audience_count = len(ids)

    @api.depends("version_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_read_percent(self):
        for standard in self:
            standard.read_percent = standard.version_id.read_percent

    def _get_audience_domain(self) -> Domain:
        """Hook: return the users the standard is for, of those who may read standards at all."""
        self.ensure_one()
        # sudo: whom the law speaks to is the same for whoever asks
        standard = self.sudo()
        readers = self.env["ir.model.data"]._xmlid_to_res_id("crm_standards.group_user")
        domain = Domain("active", "=", True) & Domain("share", "=", False)
        domain &= Domain("all_group_ids", "in", [readers])
        if standard.company_id:
            domain &= Domain("company_ids", "in", standard.company_id.ids)
        chosen = standard._get_chosen_domain()
        return domain if chosen.is_false() else domain & chosen

    def _get_chosen_domain(self) -> Domain:
        """Return the people the standard names in one way or another; none where it names none."""
        self.ensure_one()
        chosen, teams = Domain.FALSE, self.with_context(active_test=False).team_ids
        if teams:
            leaders = teams.user_id.ids
            chosen |= Domain("crm_team_member_ids.crm_team_id", "in", teams.ids)
            chosen |= Domain("id", "in", leaders)
        if self.group_ids:
            chosen |= Domain("all_group_ids", "in", self.group_ids.ids)
        if self.reader_ids:
            chosen |= Domain("id", "in", self.reader_ids.ids)
        return chosen

    @api.model
    def _get_glossary_terms(self) -> list[Term]:
        """Return the words agreed on in standards in force that the user may read, by name."""
        terms = self.search(
            [("document_type", "=", "glossary"), ("state", "=", "in_force")], order="name"
        )
        return [
            Term(term.id, term.name, self._read_labels(term, ["description"])[0][2])
            for term in terms
        ]

    def action_view_audience(self):
        """Open the list of people the standard is for."""
        self.ensure_one()
        self.check_access("read")
        domain = Domain("id", "in", self.audience_ids.ids)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Applies to"),
            "res_model": "res.users",
            "view_mode": "list,kanban",
            "domain": list(domain),
            "context": {"create": False},
        }
