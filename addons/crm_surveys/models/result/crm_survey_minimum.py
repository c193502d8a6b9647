from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: What says nothing about what customers answered.
HARMLESS = ("count", "count_distinct")


class CrmSurveyMinimum(models.AbstractModel):
    """Means of answers that are shown from the company's minimum on, by whatever door.

    Lists, pivots, graphs, exports and calls over RPC all draw their figures here. A sum with its
    count is a mean, too, and answers that are excluded are in none of them.
    """

    _name = "crm.survey.minimum"
    _description = "Figures from a Minimum of Answers on"

    @api.model
    def _get_judging_fields(self):
        """Hook: return the names of the fields whose figures people are judged by."""
        return ()

    @api.model
    def _get_judging_domain(self):
        """Hook: return the domain of the records that count."""
        return Domain.TRUE

    def _read_group_select(self, aggregate_spec, query):
        figure = super()._read_group_select(aggregate_spec, query)
        name, _colon, function = aggregate_spec.partition(":")
        if name not in self._get_judging_fields() or function in HARMLESS:
            return figure
        counts = self._get_judging_domain().optimize_full(self)._to_sql(self, self._table, query)
        return SQL(
            "CASE WHEN COUNT(%(value)s) FILTER (WHERE %(counts)s) >= %(minimum)s "
            "THEN %(figure)s FILTER (WHERE %(counts)s) END",
            value=self._field_to_sql(self._table, name, query),
            counts=counts,
            minimum=self.env["crm.survey.result"]._get_minimum(),
            figure=figure,
        )
