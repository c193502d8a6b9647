from odoo import api, fields, models


class CrmKpiSource(models.Model):
    """A model that is measured: which of its dates and owners are watched, and since when.

    The lists only grow: the places in ``crm.kpi.trace`` go by them.
    """

    _name = "crm.kpi.source"
    _description = "Source of KPI"
    _inherit = ["crm.deadline.sealed"]
    _order = "model_name"
    _rec_name = "model_name"
    _log_access = False

    model_name = fields.Char("Document Model", required=True, readonly=True)
    dates = fields.Json(readonly=True, help="Fields that say when something counts.")
    paths = fields.Json("Owners", readonly=True, help="Fields that lead to the employee.")
    date_looked = fields.Datetime("Looked at", readonly=True)

    _model_unique = models.Constraint("UNIQUE(model_name)", "A model is one source.")

    @api.model
    def _ensure(self, model_name, dates, paths):
        """Return the source of a model, which watches these dates and owners from now on."""
        source = self.search([("model_name", "=", model_name)])
        if not source:
            source = self._sealed_create([{"model_name": model_name, "dates": [], "paths": []}])
        known_dates, known_paths = source.dates or [], source.paths or []
        new_dates = [name for name in dict.fromkeys(dates) if name not in known_dates]
        new_paths = [path for path in dict.fromkeys(paths) if path and path not in known_paths]
        if new_dates or new_paths:
            source._sealed_write(
                # a new place is unknown for each document: the next look goes over all
                {
                    "dates": known_dates + new_dates,
                    "paths": known_paths + new_paths,
                    "date_looked": False,
                }
            )
        return source
