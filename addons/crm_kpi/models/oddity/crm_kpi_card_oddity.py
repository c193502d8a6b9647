from odoo import models


class CrmKpiCard(models.Model):
    """Beside scores: how much there is to look at."""

    _inherit = "crm.kpi.card"

    def _get_remarks(self, people, period):
        counts = self.env["crm.kpi.oddity"]._count_by_kind(people, period)
        remarks = super()._get_remarks(people, period)
        return remarks | {
            user: self.env._("%(count)s worth a look", count=sum(kinds.values()))
            for user, kinds in counts.items()
            if kinds
        }
