from odoo import models

from ...logic import forecast
from ..incident.crm_kpi_watch import COMPANY, PERSON, TEAM


class CrmKpiForecast(models.Model):
    """Comparing a forecast with what came out."""

    _inherit = "crm.kpi.forecast"

    def _get_level(self):
        self.ensure_one()
        if self.user_id:
            return PERSON
        return TEAM if self.team_id else COMPANY

    def _settle_one(self, actual):
        """Note what came out; without a value there is nothing to compare with."""
        if actual is not None:
            self._sealed_write(
                {
                    "actual": actual,
                    "is_settled": True,
                    "accuracy": forecast.accuracy(self.expected, actual),
                }
            )
