from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...logic.loss import missing_fields, price_gap_percent
from .crm_standard_loss import NEEDS

#: What explains a loss: emptying these on a lost deal is judged as losing it is.
LOSS_FIELDS = frozenset(NEEDS.values())


class CrmLead(models.Model):
    """Lost deals: why, to whom, at what price, when.

    Core asks for nothing, on any path. What is asked here is data of a standard
    (``crm.standard.loss``), and holds wherever a deal can be lost.
    """

    _inherit = "crm.lead"

    lost_competitor_id = fields.Many2one(
        "crm.standard.competitor",
        string="Lost to",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        index="btree_not_null",
        help="The competitor the customer has chosen.",
    )
    lost_price = fields.Monetary(
        string="Competitor's Price",
        currency_field="company_currency",
        tracking=True,
        help="For what the competitor got the deal, as far as we know.",
    )
    lost_note = fields.Text(string="What Went Wrong")
    date_lost = fields.Datetime(string="Lost on", readonly=True, copy=False, index=True)
    lost_price_gap_percent = fields.Float(
        string="Price Gap (%)",
        compute="_compute_lost_price_gap_percent",
        store=True,
        aggregator="avg",
        digits=(5, 1),
        help="By how many percent of our price the competitor was cheaper; negative: dearer.",
    )
    lost_missing = fields.Char(
        string="Missing about the Loss",
        compute="_compute_lost_missing",
        help="What the standard asks about this loss and nobody has said yet.",
    )

    @api.depends("expected_revenue", "lost_price")
    def _compute_lost_price_gap_percent(self):
        for lead in self:
            lead.lost_price_gap_percent = price_gap_percent(lead.expected_revenue, lead.lost_price)

    @api.depends("won_status", "lost_reason_id", "lost_competitor_id", "lost_price", "lost_note")
    @api.depends_context("lang")
    def _compute_lost_missing(self):
        lost = self.filtered(lambda lead: lead.won_status == "lost")
        gaps = self.env["crm.standard.loss"]._judge(lost)
        for lead in self:
            names = missing_fields(gaps.get(lead, ()))
            labels = self.env["crm.standard.gate"]._get_field_labels(names)
            lead.lost_missing = ", ".join(labels)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_date_lost(vals)
        # explicit, because the caller's context could give a default for it
        return super().create([{**vals, "date_lost": False} for vals in vals_list])

    def write(self, vals):
        self._check_date_lost(vals)
        if LOSS_FIELDS.isdisjoint(vals):
            return super().write(vals)
        losses = self.env["crm.standard.loss"]
        # the law applies also where the user may not look
        lost = self.sudo().filtered(lambda lead: lead.logged_outcome == "lost")
        before = losses._judge(lost)
        result = super().write(vals)
        still = lost.filtered(lambda lead: lead.won_status == "lost")
        if still:
            losses._settle_emptied(before, still)
        return result

    def action_set_lost(self, **additional_values):
        """Write down the explanation before the deal is lost, so that it can be judged."""
        if additional_values:
            # core archives first, which loses a deal of probability zero at once
            self.write(additional_values)
        return super().action_set_lost(**additional_values)

    @api.model
    def _date_old_losses(self):
        """Date the deals that were lost before the log began by what core noted of them."""
        self.flush_model()
        self.env.execute_query(
            SQL(
                """UPDATE crm_lead SET date_lost = COALESCE(date_closed, write_date)
                    WHERE won_status = 'lost' AND date_lost IS NULL
                RETURNING id"""
            )
        )
        self.invalidate_model(["date_lost"])

    @api.model
    def _check_date_lost(self, vals):
        """Refuse to set what follows from the log of stages."""
        if "date_lost" in vals:
            raise AccessError(self.env._("When a deal was lost is noted by itself, not by hand."))
