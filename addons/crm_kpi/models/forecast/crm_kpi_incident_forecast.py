from odoo import models
from odoo.tools.misc import formatLang

from ..incident.crm_kpi_watch import FORECAST
from ..words import tell_value


class CrmKpiIncident(models.Model):
    """A forecast below its plan, in words."""

    _inherit = "crm.kpi.incident"

    def _tell(self):
        if self.kind != FORECAST:
            return super()._tell()
        # sudo: the name and the unit only, of an incident that the user may see
        incident = self.sudo()
        unit, currency = incident.indicator_id.unit, incident.company_id.currency_id
        return self.env._(
            "%(indicator)s: %(expected)s expected, %(plan)s planned (%(percent)s %%)",
            indicator=incident.indicator_id.name or "",
            expected=tell_value(self.env, self.value, unit, currency),
            plan=tell_value(self.env, self.limit_value, unit, currency),
            percent=formatLang(
                self.env, 100 * self.value / self.limit_value if self.limit_value else 0, digits=0
            ),
        )
