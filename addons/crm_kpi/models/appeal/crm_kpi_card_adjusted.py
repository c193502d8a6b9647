from odoo import api, models

from ...logic import book


class CrmKpiCard(models.Model):
    """Values with what was put right by hand."""

    _inherit = "crm.kpi.card"

    def _find_values(self, period, subjects, indicators):
        found = super()._find_values(period, subjects, indicators)
        adjusted = self._find_adjustments(period.first, period.last)
        return {
            subject.id: self._adjust(found[subject.id], adjusted.get(self._get_key(subject), {}))
            for subject in subjects
        }

    def _find_adjustments(self, first, last):
        """Return amounts by subject and code of an indicator, in one statement."""
        groups = self.env["crm.kpi.adjustment"]._read_group(
            [("card_id", "=", self.id), ("date", ">=", first), ("date", "<=", last)],
            ["user_id", "indicator_id"],
            ["amount:sum"],
        )
        found = {}
        for user, indicator, amount in groups:
            found.setdefault(self._get_key(user), {})[indicator.code] = amount
        return found

    @api.model
    def _get_key(self, subject):
        """Return what tells subjects of all kinds apart."""
        return subject._name, subject.id

    @api.model
    def _adjust(self, values, amounts):
        """Return values with amounts added."""
        return book.adjust(values, amounts)
