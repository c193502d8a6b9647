"""One contact too many: said before it happens, and refused to people where the norm says so."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ... import origin
from ...logic import contacts as logic
from .crm_standard_contact_norm_count import Count

#: At most so many customers are named in one message.
NAMED = 5


class CrmStandardContactNorm(models.Model):
    """Warning and refusing.

    Only people are refused, and never an answer: a machine's message goes out and is counted.
    """

    _inherit = "crm.standard.contact.norm"

    @api.model
    @ormcache()
    def _has_bounds(self) -> bool:
        """Tell whether any norm has an upper bound, so that other databases pay nothing."""
        # dates and problems are looked at in _get_in_force
        return bool(self._search_law(Domain("most", ">", 0)))

    @api.model
    def _find_excess(self, partners) -> dict:
        """Return the customers to whom one contact more is too many, with norm and count."""
        if not partners or not self._has_bounds():
            return {}
        # the law applies also where the user may not look
        customers = partners.sudo().commercial_partner_id
        norms = self._get_by_customer(customers)
        counts = self.env["res.partner"]._count_contacts(norms)
        excess = {}
        for customer in customers:
            norm, count = norms.get(customer.id), counts.get(customer.id, Count())
            if norm and logic.is_one_too_many(
                norm._to_logic(), count.unasked, is_answer=count.is_answer
            ):
                excess[customer] = (norm, count)
        return excess

    def _warn(self, customer, count: Count) -> str:
        """Return the warning about one contact more with a customer."""
        self.ensure_one()
        # the name only to whom may read it
        readable = customer.sudo(False)._filtered_access("read")
        return self.env._(
            "One contact too many: %(customer)s was contacted %(count)s times; agreed is"
            " %(requirement)s (%(norm)s, %(standard)s).",
            customer=readable.display_name or self.env._("the customer"),
            count=count.unasked,
            requirement=self.requirement,
            norm=self.name,
            standard=self.standard_id.display_name,
        )

    @api.model
    def _warn_about(self, partners) -> str:
        """Return the warning about contacting these people once more, or an empty text.

        Nothing is said of people whom the user may not read.
        """
        return self._warn_each({None: partners})[None]

    @api.model
    def _warn_each(self, groups: Mapping[Hashable, Any]) -> dict[Hashable, str]:
        """Return the warning of :meth:`_warn_about` for each group of people.

        Norms, contacts and access are asked about once for all groups.
        """
        everybody = self.env["res.partner"].union(*groups.values())
        readable = everybody.sudo(False)._filtered_access("read")
        excess = self._find_excess(readable)
        return {
            key: self._join_warnings(
                # the law sees also whom the user may not
                {one: excess[one] for one in people.sudo().commercial_partner_id if one in excess}
            )
            for key, partners in groups.items()
            for people in [partners & readable]
        }

    @api.model
    def _join_warnings(self, excess: dict) -> str:
        """Return the warnings about customers; of many, only some are named."""
        named = list(excess.items())[:NAMED]
        lines = [norm._warn(customer, count) for customer, (norm, count) in named]
        if len(excess) > NAMED:
            lines.append(self.env._("… and %(count)s more.", count=len(excess) - NAMED))
        return "\n".join(lines)

    @api.model
    def _refuse_excess(self, partners) -> None:
        """Refuse a person one contact too many where a norm forbids it.

        :raise ValidationError: naming customer, norm and way out
        """
        if self.env.su or origin.origin_of(self.env) != origin.PERSON:
            return
        lines = [
            norm._warn(customer, count)
            for customer, (norm, count) in self._find_excess(partners).items()
            if norm.strength == "block"
        ]
        if lines:
            way_out = self.env._(
                "Wait until the customer writes, or ask the owner of the standard to raise the"
                " norm."
            )
            raise ValidationError("\n".join([*lines[:NAMED], way_out]))

    @api.model
    def _get_customers(self, documents):
        """Return the people outside the company whom documents are about, by what mail knows.

        :param documents: records of any model, in sudo where the law is applied
        """
        return self.env["res.partner"].union(*self._get_customers_each(documents).values())

    @api.model
    def _get_customers_each(self, documents) -> dict:
        """Return the people outside the company by the id of the document that is about them.

        :param documents: as in :meth:`_get_customers`
        """
        partners = documents.exists()._mail_get_partners()
        everybody = self.env["res.partner"].union(*partners.values()).with_env(self.env)
        # whether somebody is an employee is no secret
        outsiders = everybody.sudo().filtered("partner_share").sudo(self.env.su)
        return {res_id: each.with_env(self.env) & outsiders for res_id, each in partners.items()}

    @api.model
    def _get_readable(self, model: str, res_ids):
        """Return those of the documents that the user may read: whoever calls chooses the ids."""
        if not model or model not in self.env or not res_ids:
            return self.env["res.partner"]
        return self.env[model].browse(res_ids).exists()._filtered_access("read")
