from odoo import api, models
from odoo.modules.db import FunctionStatus

from .crm_standard_duplicate_search import TAX_SIGNS


def _name_index(registry, column: str) -> str:
    """Return the index by which a name is found by likeness, or by its beginning."""
    if not registry.has_trigram:
        return f"(lower({column}) text_pattern_ops)"
    if registry.has_unaccent == FunctionStatus.INDEXABLE:
        column = f"unaccent({column})"
    return f"USING gin ({column} gin_trgm_ops)"


class ResPartner(models.Model):
    """Contacts are entered by the company's data-entry standards."""

    _name = "res.partner"
    _inherit = ["res.partner", "crm.standard.entry.state", "crm.standard.duplicate.search"]

    # what duplicates are looked up by; core has no index on them
    _duplicate_email = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _duplicate_phone = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
    _duplicate_tax = models.Index(
        f"(upper(regexp_replace(vat, '{TAX_SIGNS}', '', 'g'))) WHERE vat IS NOT NULL"
    )
    _duplicate_name = models.Index(lambda registry: _name_index(registry, "name"))

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        self.env["crm.standard.entry.guard"]._welcome(partners)
        return partners

    def write(self, vals):
        guard = self.env["crm.standard.entry.guard"]
        before = guard._look(self, vals)
        result = super().write(vals)
        if before:
            guard._settle(self, before)
        return result

    @api.model
    def _get_identity_fields(self):
        return ["name", "email", "phone", "vat", "country_id", "is_company", "parent_id"]

    def _get_identity(self):
        return self._identity(
            name=self.name,
            email=self.email_normalized,
            phone=self.phone_sanitized,
            tax_id=self.vat,
            is_company=self.is_company,
            family=(self.parent_id or self)._origin.id or None,
        )

    @api.model
    def _get_name_fields(self):
        return ("name",)

    @api.model
    def _get_candidate_domain(self):
        return [("active", "=", True), ("type", "=", "contact"), ("partner_share", "=", True)]

    def _get_duplicate_note(self):
        return " · ".join(filter(None, [self.city, self.email, self.phone]))
