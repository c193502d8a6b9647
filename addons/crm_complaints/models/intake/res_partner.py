import re

from odoo import api, models
from odoo.fields import Domain

PHONE = re.compile(r"[\d\s()+./-]{4,}")


class ResPartner(models.Model):
    """Whoever is on the phone is found by what he says first: name, company, e-mail or number."""

    _inherit = "res.partner"

    @api.model
    def _search_display_name(self, operator, value):
        domain = Domain(super()._search_display_name(operator, value))
        is_number = isinstance(value, str) and PHONE.fullmatch(value.strip())
        if operator == "ilike" and is_number and self.env.context.get("complaint_caller"):
            return domain | Domain("phone_mobile_search", "ilike", value)
        return domain
