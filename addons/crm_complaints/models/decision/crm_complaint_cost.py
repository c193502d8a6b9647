from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("credit", "Credit note or money given back"),
    ("replacement", "Replacement"),
    ("repair", "Repair"),
    ("hours", "Hours of work"),
    ("transport", "Transport"),
    ("other", "Other"),
]
#: Set by documents only.
FACTS = frozenset({"compensation_id", "is_booked", "company_amount", "user_id"})


class CrmComplaintCost(models.Model):
    """What a complaint cost: credit notes, replacements, hours of work and the like.

    Lines are written by hand, or booked by documents: then only the document changes them.
    """

    _name = "crm.complaint.cost"
    _description = "Cost of a Complaint"
    _inherit = ["crm.complaint.amount"]
    _order = "date desc, id desc"

    name = fields.Char("What", required=True)
    kind = fields.Selection(KINDS, required=True, default="other", index=True)
    date = fields.Date(required=True, default=fields.Date.context_today, index=True)
    hours = fields.Float(help="How long somebody worked on it, in hours.")
    hour_rate = fields.Monetary(
        "Cost of an Hour",
        compute="_compute_hour_rate",
        store=True,
        readonly=False,
        precompute=True,
        help="By default that of the company.",
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False, precompute=True)
    company_amount = fields.Monetary(
        compute="_compute_company_amount",
        store=True,
        help="At the rate of the day.",
    )
    compensation_id = fields.Many2one(
        "crm.complaint.compensation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )
    is_booked = fields.Boolean(
        "Booked by a Document", readonly=True, copy=False, help="Only its document changes it."
    )
    user_id = fields.Many2one(
        "res.users",
        "Entered by",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0 AND hours >= 0 AND hour_rate >= 0)",
        "Hours and amounts of costs cannot be below zero.",
    )

    @api.depends("kind", "complaint_id")
    def _compute_hour_rate(self):
        for cost in self:
            company = cost.complaint_id.company_id
            if cost.kind != "hours":
                cost.hour_rate = 0.0
            elif not cost.hour_rate:
                cost.hour_rate = company.currency_id._convert(
                    company.complaint_hour_rate,
                    cost.currency_id or cost.complaint_id.currency_id or company.currency_id,
                    company,
                    cost.date,
                )

    @api.depends("kind", "hours", "hour_rate")
    def _compute_amount(self):
        """Hours cost their rate; other amounts are entered."""
        for cost in self:
            if cost.kind == "hours":
                cost.amount = cost.hours * cost.hour_rate
            else:
                cost.amount = cost.amount or 0.0

    @api.depends("amount", "currency_id", "date", "company_id")
    def _compute_company_amount(self):
        for cost in self:
            company = cost.company_id
            cost.company_amount = cost.currency_id._convert(
                cost.amount, company.currency_id, company, cost.date
            )

    @api.model_create_multi
    def create(self, vals_list):
        if FACTS & set().union(*vals_list):
            raise self._booked_error()
        # said here, so that no default of a context says it
        birth = {"compensation_id": False, "is_booked": False, "user_id": self.env.uid}
        return super().create([{**vals, **birth} for vals in vals_list])

    def write(self, vals):
        # sudo: whether a document booked it does not depend on who asks
        if (FACTS | {"complaint_id"}) & vals.keys() or any(self.sudo().mapped("is_booked")):
            raise self._booked_error()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_booked(self):
        if any(self.mapped("is_booked")):
            raise self._booked_error()

    @api.model
    def _book(self, vals_list):
        """Book the costs of documents. For compensations and bridges: nobody else calls it.

        :param vals_list: values of lines, with ``compensation_id`` where there is one
        """
        # sudo: costs follow from the document, whoever carried it out
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        return super(CrmComplaintCost, self.sudo()).create(
            [{**vals, "is_booked": True, "user_id": self.env.uid} for vals in vals_list]
        )

    def _unbook(self):
        """Take back the costs of a document that was taken back. For bridges only."""
        # pylint: disable=super-method-mismatch; going round our own refusal is the point
        super().write({"is_booked": False})
        return self.unlink()

    def _booked_error(self):
        return UserError(
            self.env._(
                "This follows from the document that booked the cost. Change the document, or enter"
                " another line."
            )
        )
