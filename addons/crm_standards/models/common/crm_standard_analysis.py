from odoo import api, models
from odoo.tools import SQL


class CrmStandardAnalysis(models.AbstractModel):
    """Lets a model's analysis show the median of a figure, beside the average core knows.

    Times of deals are skewed: one forgotten deal moves an average by weeks and a median by nothing.
    A field with ``aggregator="median"`` takes part in pivots and graphs; where it is not stored, it
    is the median of the field that :attr:`_median_of` names for it.
    """

    _name = "crm.standard.analysis"
    _description = "Analysis with Medians"

    #: field with the aggregator "median" -> stored field it is the median of
    _median_of: dict[str, str] = {}

    @api.model
    def _read_group_select(self, aggregate_spec, query):
        name, _colon, function = aggregate_spec.partition(":")
        if function != "median":
            return super()._read_group_select(aggregate_spec, query)
        source = self._median_of.get(name, name)
        if source not in self._fields or self._fields[source].type not in ("integer", "float"):
            raise ValueError(f"{name!r} of {self._name!r} has no median")
        return SQL(
            "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)",
            self._field_to_sql(self._table, source, query),
        )
