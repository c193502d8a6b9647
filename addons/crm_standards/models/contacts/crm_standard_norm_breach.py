from __future__ import annotations

from odoo import api, fields, models

KINDS = [
    ("too_few", "Too few contacts"),
    ("too_many", "Too many contacts"),
    ("response", "First answer too late"),
    ("silence", "Silent for too long"),
    ("age", "Open for too long"),
    ("loss", "Loss not explained"),
]


class CrmStandardNormBreach(models.Model):
    """A norm of contacts, or of losses, that was not kept: a fact nobody edits.

    Its own register and not that of violations: those are about an opportunity and a rule on its
    stages and wait for a verdict; this is about a customer, and is counted.
    """

    _name = "crm.standard.norm.breach"
    _description = "Norm Not Kept"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _log_access = False  # a fact has its own date and person

    date = fields.Datetime(required=True, readonly=True, index=True)
    day = fields.Date(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    name = fields.Char(string="Norm then", readonly=True, help="The norm as it was called.")
    requirement = fields.Char(string="What it asked", readonly=True)
    standard_id = fields.Many2one(
        "crm.standard", ondelete="set null", readonly=True, index="btree_not_null"
    )
    norm_id = fields.Many2one("crm.standard.contact.norm", ondelete="set null", readonly=True)
    limit_id = fields.Many2one(
        "crm.standard.contact.limit",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    loss_id = fields.Many2one(
        "crm.standard.loss", ondelete="set null", readonly=True, index="btree_not_null"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    lead_id = fields.Many2one(
        "crm.lead",
        string="Opportunity",
        ondelete="set null",
        readonly=True,
        index="btree_not_null",
    )
    contact_count = fields.Integer(
        string="Contacts", readonly=True, aggregator=None, help="In the period, as they counted."
    )
    missing = fields.Char(readonly=True, help="What was not known about a loss.")
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        readonly=True,
        index="btree_not_null",
        help="Whose customer or opportunity it was; of too many contacts, who made the last.",
    )
    team_id = fields.Many2one(
        "crm.team", ondelete="set null", readonly=True, index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")

    _once_a_day = models.UniqueIndex("(norm_id, partner_id, kind, day)")
    _recent_idx = models.Index("(norm_id, kind, date) WHERE norm_id IS NOT NULL")

    @api.depends("name", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for breach in self:
            breach.display_name = f"{breach.name or ''}: {labels.get(breach.kind, '')}"

    @api.model
    def _enter(self, vals_list: list[dict]):
        """Enter facts that were found one by one.

        Keys: ``kind``, ``name``, ``lead_id`` and what else is known; the rest follows from the
        lead.
        """
        # who breaks a norm must not need the right to write it down, nor colour the fact
        register = self.with_env(self.env(su=True, context={"lang": self.env.lang}))
        leads = register.env["crm.lead"].browse([vals["lead_id"] for vals in vals_list])
        now = fields.Datetime.now()
        return register._sealed_create(
            [
                {
                    "date": now,
                    "day": now.date(),
                    "partner_id": lead.partner_id.commercial_partner_id.id,
                    "user_id": lead.user_id.id,
                    "team_id": lead.team_id.id,
                    "company_id": lead.company_id.id,
                    **vals,
                }
                for lead, vals in zip(leads, vals_list, strict=True)
            ]
        )
