from odoo import api, models

from ...logic import book


class CrmKpiCard(models.Model):
    """Values with what was put right by hand."""

    _inherit = "crm.kpi.card"

    def _find_values(self, periods, subjects, indicators):
        found = super()._find_values(periods, subjects, indicators)
        adjusted = self._find_adjustments(periods)
        return {
            period: {
                subject.id: self._adjust(
                    found[period][subject.id], adjusted[period].get(self._get_key(subject), {})
                )
                for subject in subjects
            }
            for period in periods
        }

    def _find_adjustments(self, periods):
        """Return amounts by period, subject and code of an indicator, in one statement.

        :param periods: in their order
        """
        groups = self.env["crm.kpi.adjustment"]._read_group(
            [
                ("card_id", "=", self.id),
                ("date", ">=", periods[0].first),
                ("date", "<=", periods[-1].last),
            ],
            ["date:day", "user_id", "indicator_id"],
            ["amount:sum"],
        )
        found = {period: {} for period in periods}
        for day, user, indicator, amount in groups:
            for period in periods:  # a day may lie in a period between them that is closed
                if day in period:
                    amounts = found[period].setdefault(self._get_key(user), {})
                    amounts[indicator.code] = amounts.get(indicator.code, 0.0) + amount
        return found

    @api.model
    def _get_key(self, subject):
        """Return what tells subjects of all kinds apart."""
        return subject._name, subject.id

    @api.model
    def _adjust(self, values, amounts):
        """Return values with amounts added."""
        return book.adjust(values, amounts)
