from odoo import models
from odoo.tools.misc import formatLang

from ..incident.crm_kpi_watch import FORECAST


class CrmKpiIncident(models.Model):
    """A forecast below its plan, in words."""

    _inherit = "crm.kpi.incident"

    def _tell(self):
        if self.kind != FORECAST:
            return super()._tell()
        return self.env._(
            "%(indicator)s: %(expected)s expected, %(plan)s planned (%(percent)s %%)",
            # sudo: the name only, of an incident that the user may see
            indicator=self.sudo().indicator_id.name or "",
            expected=formatLang(self.env, self.value, digits=0),
            plan=formatLang(self.env, self.limit_value, digits=0),
            percent=formatLang(
                self.env, 100 * self.value / self.limit_value if self.limit_value else 0, digits=0
            ),
        )
