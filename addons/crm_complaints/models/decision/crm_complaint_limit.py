from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...logic.limits import UNLIMITED, Limit, ceiling
from ..case.crm_complaint_remedy import REMEDY_KINDS


class CrmComplaintLimit(models.Model):
    """What a role may grant on one complaint without asking. The rule is in ``logic/limits.py``."""

    _name = "crm.complaint.limit"
    _description = "Limit of Compensation"
    _order = "sequence, id"
    _rec_name = "group_id"

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    group_id = fields.Many2one("res.groups", "Role", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        REMEDY_KINDS, "Remedy", help="Only for remedies of this kind. Empty: for all others."
    )
    is_unlimited = fields.Boolean("Without Limit")
    amount = fields.Monetary(
        "Up to",
        help="All that is granted on a complaint together, so that it cannot be cut into pieces.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        help="Only for complaints of this company. Empty: for all that have no limit of their own.",
    )

    _amount_positive = models.Constraint("CHECK (amount >= 0)", "A limit cannot be below zero.")
    _once = models.UniqueIndex(
        "(group_id, COALESCE(kind, ''), COALESCE(company_id, 0)) WHERE active",
        "This role already has a limit for this remedy. Change that one.",
    )

    @api.constrains("amount", "is_unlimited")
    def _check_amount(self):
        for limit in self:
            if limit.is_unlimited and limit.amount:
                raise ValidationError(
                    self.env._(
                        "“%(role)s” has both an amount and no limit. Choose one of them.",
                        role=limit.group_id.display_name,
                    )
                )

    @api.model
    def _get_limits(self, company):
        """Return the limits that hold in a company, in its currency, for ``logic/limits.py``."""
        today = fields.Date.context_today(self)
        # sudo: limits hold for everybody, whoever may look at them
        limits = self.sudo().search(Domain("company_id", "in", [company.id, False]))
        return [
            Limit(
                role=limit.group_id.id,
                amount=UNLIMITED
                if limit.is_unlimited
                else limit.currency_id._convert(limit.amount, company.currency_id, company, today),
                kind=limit.kind or None,
                is_of_company=bool(limit.company_id),
            )
            for limit in limits
        ]

    @api.model
    def _get_ceiling(self, user, kind, company):
        """Return up to which total ``user`` may grant a remedy of ``kind`` in ``company``."""
        # sudo: groups of other people
        roles = user.sudo().all_group_ids.ids
        return ceiling(self._get_limits(company), frozenset(roles), kind)
