from odoo import api, models
from odoo.tools import SQL

from ...logic.result_filters import COMPARISONS, METRICS, PERIODS

#: Filters that are no field of a fact: what their values are.
LINKED = {"tag": "res.partner.category", "topic": "crm.survey.topic"}


class CrmSurveyResult(models.AbstractModel):
    """What can be chosen on the page: values that stand on facts the viewer may read."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_options(self):
        """Return the metrics there are, and the values of each dimension with their names."""
        keys, metrics = self._get_keys(list(self._get_dimensions()))
        return {
            "metrics": metrics,
            "periods": list(PERIODS),
            "comparisons": list(COMPARISONS),
            "dimensions": [
                {
                    "name": name,
                    "title": self._get_title(name),
                    "values": self._get_sorted_names(name, found),
                }
                for name, found in keys.items()
                if found
            ],
        }

    @api.model
    def _get_keys(self, names):
        """Return the values of each dimension, and which metrics there are, in one statement."""
        dimensions = self._get_dimensions()
        columns = {name: self._column(dimensions[name].field) for name in names}
        columns |= {metric: self._column(f"has_{metric}") for metric in METRICS}
        ((*found, tags),) = self.env.execute_query(
            SQL(
                """
                WITH fact AS MATERIALIZED (
                    SELECT %(names)s, %(metrics)s FROM (%(facts)s) AS fact GROUP BY %(names)s)
                SELECT %(values)s, %(there)s, ARRAY(
                       SELECT category_id FROM res_partner_res_partner_category_rel
                        WHERE partner_id IN (%(partners)s)
                        UNION
                       SELECT category_id FROM res_partner_res_partner_category_rel
                        WHERE partner_id IN (%(companies)s))
                """,
                # equal ones first: what is looked through for each of the dimensions is short
                names=self._list(names),
                metrics=SQL(", ").join(
                    SQL("bool_or(%(name)s) AS %(name)s", name=SQL.identifier(name))
                    for name in METRICS
                ),
                facts=self._get_fact_query(None, **columns),
                values=SQL(", ").join(
                    SQL("ARRAY(SELECT DISTINCT %s FROM fact)", SQL.identifier(name))
                    for name in names
                ),
                there=SQL(", ").join(
                    SQL("EXISTS (SELECT FROM fact WHERE %s)", SQL.identifier(name))
                    for name in METRICS
                ),
                partners=self._get_fact_query(None, partner=self._column("partner_id")),
                companies=self._get_fact_query(None, one=self._column("commercial_partner_id")),
            )
        )
        values, there = found[: len(names)], found[len(names) :]
        keys = {
            name: [key for key in known or () if key]
            for name, known in zip(names, values, strict=True)
        }
        keys["tag"] = tags
        # pylint: disable=no-search-all; people name a handful of topics
        keys["topic"] = self.env["crm.survey.topic"].search([]).ids
        return keys, [metric for metric, is_there in zip(METRICS, there, strict=True) if is_there]

    @api.model
    def _get_title(self, name):
        """Return what a dimension is called."""
        if name == "tag":
            return self.env._("Segment")
        if name == "topic":
            return self.env._("Topic")
        if name == "document":
            return self.env._("Stage of the Chain")
        field = self.env["crm.survey.fact"]._fields[self._get_dimensions()[name].field]
        return field._description_string(self.env)

    @api.model
    def _get_sorted_names(self, name, keys):
        names = self._get_names(name, keys)
        return [
            {"id": key, "name": label}
            for key, label in sorted(names.items(), key=lambda one: (one[1] or "", str(one[0])))
        ]

    @api.model
    def _get_names(self, name, keys):
        """Return the names of a dimension's values, by value."""
        if name == "document":
            # sudo: names of models that stand on results the viewer reads anyway
            models_ = self.env["ir.model"].sudo().search([("model", "in", list(keys))])
            known = {model.model: model.name for model in models_}
            return {key: known.get(key, key) for key in keys}
        if name in LINKED:
            comodel = LINKED[name]
        else:
            field = self.env["crm.survey.fact"]._fields[self._get_dimensions()[name].field]
            if field.type == "selection":
                known = dict(field._description_selection(self.env))
                return {key: known.get(key, key) for key in keys}
            comodel = field.comodel_name
        # sudo: names that stand on results the viewer reads anyway
        records = self.env[comodel].sudo().browse(keys)
        return {record.id: record.display_name for record in records}
