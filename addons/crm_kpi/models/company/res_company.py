from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class ResCompany(models.Model):
    """From which scores on new scorecards turn yellow and green, and when periods are closed."""

    _inherit = "res.company"

    kpi_yellow_from = fields.Float("Yellow from (%)", default=70.0, digits=(5, 1))
    kpi_green_from = fields.Float("Green from (%)", default=90.0, digits=(5, 1))

    kpi_close_after = fields.Integer(
        "Close after (days)",
        help="So many days after its end a period is closed by itself; 0: by hand only.",
    )

    @api.constrains("kpi_yellow_from", "kpi_green_from")
    def _check_kpi_zones(self):
        for company in self:
            if not 0 <= company.kpi_yellow_from <= company.kpi_green_from:
                raise ValidationError(
                    self.env._(
                        "%(company)s: yellow has to begin at 0 %% or more, and not above green.",
                        company=company.name,
                    )
                )

    def _get_kpi_zone(self):
        """Hook: return the name of the time zone in which the company's days begin and end."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"

    def _get_kpi_lead_domain(self):
        """Return which leads count in the company: as facts do, those of nobody in the main one."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.id) | (
            Domain("company_id", "=", False) & Domain("user_id.company_id", "=", self.id)
        )
        if self == self.env.ref("base.main_company"):
            domain |= Domain("company_id", "=", False) & Domain("user_id", "=", False)
        return domain
