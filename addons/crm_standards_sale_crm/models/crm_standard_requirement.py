from odoo import api, models
from odoo.tools import SQL

from odoo.addons.crm_standards.logic.gate import need_key, split_need

#: How far a quotation has come, from each state on.
FURTHER = {"draft": ["draft", "sent", "sale"], "sent": ["sent", "sale"], "sale": ["sale"]}


class CrmStandardRequirement(models.AbstractModel):
    """A quotation of the lead must have been written, sent or ordered."""

    _inherit = "crm.standard.requirement"

    @api.model
    def _get_needs(self, rule):
        if rule.requirement_kind == "quotation":
            return (need_key("quotation", rule.quotation_state, rule.quotation_amount),)
        return super()._get_needs(rule)

    @api.model
    def _find_problem(self, rule):
        if rule.requirement_kind == "quotation" and not rule.quotation_state:
            return self.env._("choose how far the quotation must have come.")
        return super()._find_problem(rule)

    @api.model
    def _prepare_query(self, kind, needs, lead_ids):
        if kind != "quotation":
            return super()._prepare_query(kind, needs, lead_ids)
        details = [split_need(need) for need in needs]
        pairs = [
            (need, float(amount), far)
            for need, (_kind, state, amount) in zip(needs, details, strict=True)
            for far in FURTHER[state]
        ]
        return SQL(
            """
            (SELECT DISTINCT need.name, quotation.opportunity_id, NULL::jsonb
               FROM unnest(%s::varchar[], %s::numeric[], %s::varchar[])
                    AS need(name, amount, state)
               JOIN sale_order AS quotation
                 ON quotation.state = need.state
                AND quotation.opportunity_id = ANY(%s)
              WHERE quotation.amount_untaxed / COALESCE(NULLIF(quotation.currency_rate, 0), 1)
                    >= need.amount)
            """,
            *map(list, zip(*pairs, strict=True)),
            lead_ids,
            to_flush=self._get_read_fields(
                "sale.order", "amount_untaxed", "currency_rate", "opportunity_id", "state"
            ),
        )

    @api.model
    def _get_label(self, need):
        kind, *details = split_need(need)
        if kind != "quotation":
            return super()._get_label(need)
        state, amount = details
        match state:
            case "draft":
                text = self.env._("write a quotation")
            case "sent":
                text = self.env._("send a quotation")
            case _:
                text = self.env._("have a quotation ordered")
        if not float(amount):
            return text
        return self.env._(
            "%(deed)s of %(amount)s at least", deed=text, amount=f"{float(amount):,.0f}"
        )
