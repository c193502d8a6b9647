from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...logic import contacts as logic
from .crm_standard_contact_norm_count import Count

STATES = [
    ("too_few", "Too few"),
    ("good", "As agreed"),
    ("full", "At the limit"),
    ("too_many", "Too many"),
]
#: Weeks of the small bar chart.
WEEKS = 12


class ResPartner(models.Model):
    """How often a customer is contacted, at a glance: over all channels and departments.

    What is shown are counts and dates, the same for everybody who may read the customer; who
    talked to him about what is for those who may read the contacts.
    """

    _inherit = "res.partner"

    contact_state = fields.Selection(
        STATES,
        string="Contact Intensity",
        compute="_compute_contacts",
        search="_search_contact_state",
        compute_sudo=True,
        groups="crm_standards.group_user",
        help="What the contacts of the period amount to by the norm of the customer's class.",
    )
    contact_held_count = fields.Integer(
        string="Contacts in the Period",
        compute="_compute_contacts",
        compute_sudo=True,
        groups="crm_standards.group_user",
    )
    contact_last_date = fields.Datetime(
        string="Last Contact",
        compute="_compute_contacts",
        compute_sudo=True,
        groups="crm_standards.group_user",
    )
    contact_norm_id = fields.Many2one(
        "crm.standard.contact.norm",
        string="Norm",
        compute="_compute_contacts",
        compute_sudo=True,
        groups="crm_standards.group_user",
    )
    contact_warning = fields.Char(
        compute="_compute_contacts", compute_sudo=True, groups="crm_standards.group_user"
    )
    contact_glance = fields.Json(
        compute="_compute_contact_glance", compute_sudo=True, groups="crm_standards.group_user"
    )

    @api.depends("commercial_partner_id", "category_id", "user_id", "company_id")
    @api.depends_context("lang", "uid")
    def _compute_contacts(self):
        customers = self.commercial_partner_id._origin
        norms = self.env["crm.standard.contact.norm"]._get_by_customer(customers)
        counts = self._count_contacts(norms)
        last = self._get_last_contacts(customers.ids)
        for partner in self:
            customer = partner.commercial_partner_id._origin
            norm, count = norms.get(customer.id), counts.get(customer.id, Count())
            partner.contact_norm_id = norm
            partner.contact_held_count = count.held
            partner.contact_last_date = last.get(customer.id)
            partner.contact_state = norm._get_state(customer, count) if norm else False
            is_full = norm and logic.is_one_too_many(
                norm._to_logic(), count.unasked, is_answer=count.is_answer
            )
            partner.contact_warning = norm._warn(customer, count) if is_full else False

    @api.depends("commercial_partner_id", "category_id", "user_id", "company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_contact_glance(self):
        weeks = self._get_weeks(self.commercial_partner_id._origin.ids)
        for partner in self:
            norm, last = partner.contact_norm_id, partner.contact_last_date
            bars = weeks.get(partner.commercial_partner_id._origin.id)
            if not norm and not bars and not last:
                partner.contact_glance = False
                continue
            partner.contact_glance = {
                "state": partner.contact_state or "",
                "norm": norm.name or "",
                "requirement": norm.requirement or "",
                "least": norm.least,
                "most": norm.most,
                "count": partner.contact_held_count,
                "last": format_date(self.env, last) if last else "",
                "days": (fields.Datetime.now() - last).days if last else False,
                "weeks": bars or [0] * WEEKS,
            }

    @api.model
    def _search_contact_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = {state for state, _label in STATES} & set(value)
        domain = self.env["crm.standard.contact.norm"]._get_state_domain(sorted(states))
        if False in value:
            known = [state for state, _label in STATES]
            domain |= ~self.env["crm.standard.contact.norm"]._get_state_domain(known)
        return domain

    @api.model
    def _count_contacts(self, norms: dict) -> dict[int, Count]:
        """Return the counts of customers by their norms: one statement for each norm."""
        customers = defaultdict(list)
        for customer_id, norm in norms.items():
            customers[norm].append(customer_id)
        counts = {}
        for norm, ids in customers.items():
            counts |= norm._count(ids)
        return counts

    @api.model
    def _get_last_contacts(self, customer_ids: list[int]) -> dict:
        """Return when each customer was contacted last."""
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id, max(date) FROM crm_standard_contact
                    WHERE partner_id = ANY(%s) AND date <= %s GROUP BY partner_id""",
                customer_ids,
                fields.Datetime.now(),
            )
        )
        return dict(rows)

    @api.model
    def _get_weeks(self, customer_ids: list[int]) -> dict[int, list[int]]:
        """Return the number of contacts in each of the last weeks, the oldest first."""
        now = fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """SELECT partner_id,
                          floor(extract(epoch FROM %(now)s::timestamp - date) / 604800)::int AS ago,
                          count(*)
                     FROM crm_standard_contact
                    WHERE partner_id = ANY(%(ids)s) AND date > %(since)s AND date <= %(now)s
                 GROUP BY 1, 2""",
                now=now,
                since=now - timedelta(weeks=WEEKS),
                ids=customer_ids,
            )
        )
        weeks = defaultdict(lambda: [0] * WEEKS)
        for partner_id, ago, count in rows:
            weeks[partner_id][WEEKS - 1 - ago] = count
        return weeks

    def action_view_contacts(self):
        """Open the contacts with these customers, as far as the user may read them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_contact_action"
        )
        action["domain"] = list(Domain("partner_id", "in", self.commercial_partner_id.ids))
        action["context"] = {}
        return action
