from odoo import api, models

from . import (  # noqa: F401  the models inherited below must be known first
    crm_standard_duplicate_search,
    crm_standard_entry_state,
)


class CrmLead(models.Model):
    """Leads and opportunities are entered by the company's data-entry standards."""

    _name = "crm.lead"
    _inherit = ["crm.lead", "crm.standard.entry.state", "crm.standard.duplicate.search"]

    @api.model_create_multi
    def create(self, vals_list):
        leads = super().create(vals_list)
        self.env["crm.standard.entry.guard"]._welcome(leads)
        return leads

    def write(self, vals):
        guard = self.env["crm.standard.entry.guard"]
        before = guard._look(self, vals)
        result = super().write(vals)
        if before:
            guard._settle(self, before)
        return result

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # merging must not wash a lead clean, whoever may see its gaps
        gaps = self.env["crm.standard.entry.breach"].sudo()
        gaps.search([("lead_id", "in", opportunities.ids)])._sealed_write({"lead_id": self.id})
        if gone := opportunities - self:
            self.env["crm.standard.duplicate"]._follow_merge(gone, self)
        return result

    @api.model
    def _get_identity_fields(self):
        return [
            "name",
            "partner_name",
            "contact_name",
            "email_from",
            "phone",
            "country_id",
            "partner_id",
        ]

    def _get_identity(self):
        return self._identity(
            name=self.partner_name or self.contact_name,
            email=self.email_normalized,
            phone=self.phone_sanitized,
            family=self.partner_id._origin.commercial_partner_id.id or None,
            title=self.name or "",
        )

    @api.model
    def _get_name_fields(self):
        return ("partner_name", "contact_name")

    @api.model
    def _get_candidate_domain(self):
        return [("active", "=", True), ("won_status", "=", "pending")]

    def _get_duplicate_note(self):
        return " · ".join(filter(None, [self.partner_name or self.contact_name, self.email_from]))
