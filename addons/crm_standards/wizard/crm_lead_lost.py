from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..logic import gate as gate_logic
from ..logic import loss as logic


class CrmLeadLost(models.TransientModel):
    """Core's dialog asks what the standard asks, and says so before the click."""

    _inherit = "crm.lead.lost"

    lost_competitor_id = fields.Many2one("crm.standard.competitor", string="Lost to")
    lost_price = fields.Monetary(string="Competitor's Price", currency_field="company_currency_id")
    company_currency_id = fields.Many2one(
        "res.currency", compute="_compute_company_currency_id", string="Currency"
    )
    loss_demand = fields.Text(
        compute="_compute_loss_demand", help="What the standards in force still ask."
    )
    is_reason_needed = fields.Boolean(compute="_compute_loss_demand")
    is_competitor_needed = fields.Boolean(compute="_compute_loss_demand")
    is_price_needed = fields.Boolean(compute="_compute_loss_demand")
    is_note_needed = fields.Boolean(compute="_compute_loss_demand")

    @api.depends("lead_ids")
    def _compute_company_currency_id(self):
        for wizard in self:
            company = wizard._get_leads()[:1].company_id or self.env.company
            wizard.company_currency_id = company.currency_id

    @api.depends("lead_ids", "lost_reason_id", "lost_competitor_id", "lost_price", "lost_feedback")
    @api.depends_context("lang")
    def _compute_loss_demand(self):
        losses = self.env["crm.standard.loss"]
        for wizard in self:
            gaps = wizard._find_gaps()
            wizard.loss_demand = "\n".join(losses._explain_gaps(gaps))
            # asked for by name also while it is filled in: the mark must not jump
            needed = set(logic.missing_fields(logic.stopping(wizard._find_gaps(is_empty=True))))
            wizard.is_reason_needed = "lost_reason_id" in needed
            wizard.is_competitor_needed = "lost_competitor_id" in needed
            wizard.is_price_needed = "lost_price" in needed
            wizard.is_note_needed = "lost_note" in needed

    def action_lost_reason_apply(self):
        """Write down what was said, then lose the deals as core does."""
        self.ensure_one()
        values = {name: value for name, value in self._get_loss_values().items() if value}
        if values:
            self.lead_ids.write(values)
        return super().action_lost_reason_apply()

    def _get_leads(self):
        """Return the leads that the user may read: whoever calls chooses the ids."""
        return self.lead_ids._origin._filtered_access("read")

    def _get_loss_values(self) -> dict:
        """Return what was said, as values of a lead."""
        self.ensure_one()
        return {
            "lost_competitor_id": self.lost_competitor_id.id,
            "lost_price": self.lost_price,
            "lost_note": html2plaintext(self.lost_feedback or "").strip(),
        }

    def _find_gaps(self, *, is_empty: bool = False) -> list[logic.Gap]:
        """Return what is asked about these leads and said neither here nor on them.

        :param is_empty: as if nothing had been said here; the chosen reason still decides
        """
        self.ensure_one()
        losses = self.env["crm.standard.loss"]
        said = {**self._get_loss_values(), "lost_reason_id": self.lost_reason_id.id}
        gaps = {}
        for lead in self._get_leads().sudo():  # the law applies as it does to the deed
            on_lead = self.env["crm.standard.gate"]._filled(lead)

            def filled(name, on_lead=on_lead):
                is_said = not is_empty and gate_logic.is_filled(said.get(name))
                return is_said or on_lead(name)

            rules = losses._get_rules_for(lead)
            reason_id = self.lost_reason_id.id or lead.lost_reason_id.id or None
            gaps |= dict.fromkeys(logic.judge_loss(rules, reason_id, filled))
        return list(gaps)
