from odoo import models

from ...logic.period import periods
from ...logic.tally import COUNT, FIRST, LAST, SUM
from ..indicator.crm_kpi_indicator import MEASURE

#: Of these, months add up to the year.
ADDITIVE = {COUNT, SUM, FIRST, LAST}


class CrmKpiIndicator(models.Model):
    """What can be spread: sums, not shares and means."""

    _inherit = "crm.kpi.indicator"

    def _is_additive(self):
        """Hook: say whether the values of months add up to that of the year."""
        self.ensure_one()
        measure = self.measure_id
        # its months would tell of few
        return self.kind == MEASURE and measure.aggregate in ADDITIVE and not measure.has_minimum

    def _get_history(self, first, last, company):
        """Return what was counted in each month of a time, in their order, in one statement."""
        self.ensure_one()
        facts = self.env["crm.kpi.fact"].sudo()  # the season of a company, by nobody's name
        groups = facts._read_group(
            [
                ("measure_id", "=", self.measure_id.id),
                ("company_id", "=", company.id),
                ("date", ">=", first),
                ("date", "<=", last),
            ],
            ["date:month"],
            ["value_sum:sum"],
        )
        found = dict(groups)
        return [found.get(month.first, 0.0) for month in periods(first, last, "month")]
