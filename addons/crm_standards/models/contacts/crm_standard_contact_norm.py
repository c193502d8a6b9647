from __future__ import annotations

import re

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic.contacts import Norm, period_start
from .crm_standard_contact import CHANNELS

STRENGTHS = [("advise", "Advise"), ("record", "Record"), ("block", "Block")]


class CrmStandardContactNorm(models.Model):
    """How often customers of a class are contacted: the least and the most in a period.

    A customer has one norm: the first, in the order of the standards and their lines, whose class
    he belongs to. What follows from it is in ``crm_standard_contact_norm_count.py`` (counting) and
    ``crm_standard_contact_norm_judge.py`` (the register of what was broken).
    """

    _name = "crm.standard.contact.norm"
    _description = "Norm of Contacts"
    _inherit = ["crm.standard.part"]
    _order = "standard_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(
        string="Customer Class",
        required=True,
        translate=True,
        help="How you call these customers: for example “Key accounts”.",
    )
    category_ids = fields.Many2many(
        "res.partner.category",
        "crm_standard_contact_norm_category_rel",
        string="Tags",
        help="Customers with any of these tags. Leave empty for all customers.",
    )
    domain = fields.Char(
        string="Applies to", help="Only these customers; leave empty for all of the class."
    )
    period_amount = fields.Integer(
        string="Period", default=1, required=True, help="The length of the period, ending now."
    )
    period_unit = fields.Selection(
        [("days", "Days"), ("weeks", "Weeks"), ("months", "Months")],
        string="Unit",
        default="months",
        required=True,
    )
    least = fields.Integer(
        help="The least contacts in the period; zero is no lower bound.",
    )
    most = fields.Integer(
        help="The most contacts in the period that the customer did not ask for; zero is no upper"
        " bound. Answers to the customer are not counted here.",
    )
    has_incoming = fields.Boolean(
        string="Customer's own count",
        help="What the customer writes to us counts towards the least as well.",
    )
    is_email_counted = fields.Boolean(string="E-mails", default=True)
    is_call_counted = fields.Boolean(string="Calls", default=True)
    is_meeting_counted = fields.Boolean(string="Meetings", default=True)
    is_message_counted = fields.Boolean(string="Messages", default=True)
    is_other_counted = fields.Boolean(string="Other", default=True)
    strength = fields.Selection(
        STRENGTHS,
        default="record",
        required=True,
        help="Advise: shown on the customer only. Record: what is broken goes into the register."
        " Block: besides, nobody can write to, call or invite a customer once more than agreed;"
        " answers and work with nobody at the screen always pass.",
    )
    requirement = fields.Char(compute="_compute_requirement", help="The norm in one sentence.")
    problem = fields.Char(compute="_compute_problem", help="Why the norm cannot be applied.")

    @api.depends("period_amount", "period_unit", "least", "most")
    @api.depends_context("lang")
    def _compute_requirement(self):
        for norm in self:
            period = norm._get_period_label()
            if norm.least and norm.most:
                norm.requirement = self.env._(
                    "%(least)s to %(most)s contacts in %(period)s",
                    least=norm.least,
                    most=norm.most,
                    period=period,
                )
            elif norm.most:
                norm.requirement = self.env._(
                    "at most %(most)s contacts in %(period)s", most=norm.most, period=period
                )
            else:
                norm.requirement = self.env._(
                    "at least %(least)s contacts in %(period)s", least=norm.least, period=period
                )

    def _get_period_label(self) -> str:
        """Return the period in words: “2 weeks”, or “a month” where it is one unit."""
        self.ensure_one()
        if self.period_amount == 1:
            return {
                "days": self.env._("a day"),
                "weeks": self.env._("a week"),
                "months": self.env._("a month"),
            }.get(self.period_unit, "")
        units = dict(self._fields["period_unit"]._description_selection(self.env))
        return f"{self.period_amount} {units.get(self.period_unit, '').lower()}"

    @api.depends("domain", "least", "most", "period_amount")
    @api.depends_context("lang")
    def _compute_problem(self):
        for norm in self:
            norm.problem = norm._find_problem()

    @api.constrains("domain", "least", "most", "period_amount", "period_unit", "active")
    def _check_applicable(self):
        for norm in self:
            if problem := norm._find_problem():
                raise ValidationError(
                    self.env._("Norm “%(norm)s”: %(problem)s", norm=norm.name, problem=problem)
                )

    def _find_problem(self) -> str:
        """Return why the norm cannot be applied, or an empty text."""
        self.ensure_one()
        if not 1 <= self.period_amount <= 1000:
            return self.env._("the period lasts from 1 to 1000 units.")
        if self.least < 0 or self.most < 0:
            return self.env._("a number of contacts cannot be negative.")
        if not (self.least or self.most):
            return self.env._("say how many contacts there are at least, at most, or both.")
        if self.most and self.least > self.most:
            return self.env._("the least contacts are more than the most.")
        if re.search(r"\b(contact_state|entry_gap_ids)\b", self.domain or ""):
            # the norm would have to be known to find out whose it is, without end
            return self.env._(
                "the condition %(domain)s asks what the standards themselves find out: choose"
                " another field.",
                domain=self.domain,
            )
        return self._find_condition_problem(self.domain, "res.partner")

    def _get_words(self) -> str:
        """Return how often who is contacted by which channels, and how strictly."""
        get_label = self.env["crm.standard"]._get_label
        boxes = [f"is_{channel}_counted" for channel, _label in CHANNELS]
        counted = [get_label(self, box) for box in [*boxes, "has_incoming"] if self[box]]
        return self._join_words(
            self.requirement,
            ", ".join(self.category_ids.mapped("display_name")),
            self._describe_condition(),
            ", ".join(counted),
            self._get_choice("strength"),
        )

    def _get_condition_model(self):
        return "res.partner"

    # ---- which norm is a customer's -------------------------------------------------------

    @api.model
    def _get_in_force(self):
        """Return the norms in force today for the user's companies, in their order, in sudo.

        All companies of the user count, ticked or not: the caller's context must not decide what
        the law is.
        """
        today = self.env.cr.now().date()
        domain = Domain.TRUE
        if self.env.uid != SUPERUSER_ID:
            # sudo: which companies a person works for is no secret to his own program
            domain = Domain("company_id", "in", [False, *self.env.user.sudo().company_ids.ids])
        norms = self._search_law(domain)
        return norms.filtered(lambda norm: norm._is_law_on(today) and not norm.problem)

    def _get_class_domain(self) -> Domain:
        """Hook: return the customers of this norm's class, apart from whom the standard is for.

        A bridge may narrow it further, for example by a class of purchases.
        """
        self.ensure_one()
        domain = Domain.TRUE
        if self.category_ids:
            domain &= Domain("category_id", "child_of", self.category_ids.ids)
        if self.domain:
            domain &= self.env["crm.standard.rule"]._parse_domain(self.domain)
        return domain

    def _get_customer_domain(self) -> Domain:
        """Return whom this norm speaks of: whole customers, of the standard's company and teams."""
        self.ensure_one()
        standard = self.standard_id.with_context(active_test=False)
        domain = (Domain("parent_id", "=", False) | Domain("is_company", "=", True)) & Domain(
            "partner_share", "=", True
        )
        domain &= standard._get_strangers_domain()
        if standard.company_id:
            domain &= Domain("company_id", "in", [standard.company_id.id, False])
        if standard.team_ids:
            domain &= Domain("user_id.sale_team_id", "in", standard.team_ids.ids)
        return domain & self._get_class_domain()

    def _get_own_domains(self):
        """Yield each norm with the domain of its own customers: those no earlier norm has.

        A norm of another company takes no customer away: both companies may know him.
        """
        earlier: list[tuple[int, Domain]] = []
        for norm in self:
            domain, company_id = norm._get_customer_domain(), norm.company_id.id
            taken = [
                other
                for other_id, other in earlier
                if not (other_id and company_id) or other_id == company_id
            ]
            yield norm, domain & ~Domain.OR(taken)
            earlier.append((company_id, domain))

    @api.model
    def _get_by_customer(self, partners) -> dict:
        """Return the norm of each of these customers (commercial partners) that has one."""
        found = {}
        # whoever looks at a customer sees his norm, whatever decides about it
        partners = partners.sudo().with_context(active_test=False)
        for norm, domain in self._get_in_force()._get_own_domains():
            if left := [partner_id for partner_id in partners.ids if partner_id not in found]:
                customers = partners.search(Domain("id", "in", left) & domain)
                found |= dict.fromkeys(customers.ids, norm)
        return found

    # ---- for the logic --------------------------------------------------------------------

    def _to_logic(self) -> Norm:
        """Return the norm as the logic wants it."""
        self.ensure_one()
        return Norm(least=self.least or None, most=self.most or None)

    def _get_period_start(self):
        """Return when the period that ends now began."""
        self.ensure_one()
        return period_start(fields.Datetime.now(), self.period_amount, self.period_unit)

    def _get_channels(self) -> list[str]:
        """Return the channels whose contacts count."""
        self.ensure_one()
        return [channel for channel, _label in CHANNELS if self[f"is_{channel}_counted"]]
