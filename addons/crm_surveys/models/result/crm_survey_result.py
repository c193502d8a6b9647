from odoo import api, models

from ...logic.result_filters import METRICS
from .crm_survey_fact_topics import LEADER


class CrmSurveyResult(models.AbstractModel):
    """What the results page shows, from the facts the viewer may read and from no others.

    Whatever is shown goes through ``_get_fact_query``: record rules make an employee see his own
    results, a leader those of his teams, and nobody the rest in a sum. Each figure is one of
    ``logic/metrics.py`` with its interval, or nothing where answers are too few.
    """

    _name = "crm.survey.result"
    _description = "Results of Surveys"

    @api.model
    @api.readonly
    def get_results(self, filters=None):
        """Return all the page shows for its filters; see ``logic/result_filters.py``.

        The statements it takes do not grow with the answers.
        """
        asked = self._read_filters(filters)
        options = self._get_options()
        metric = asked.metric or next(iter(options["metrics"]), METRICS[0])
        now = self._count(asked, metric)
        earlier = asked.before()
        before = self._count(earlier, metric, is_before=True) if earlier else {}
        results = {
            "filters": self._as_values(asked, metric),
            "before": earlier and self._as_values(earlier, metric),
            "domain": list(self._get_domain(asked)),
            "can_export": self.env.user.has_group(LEADER),
            "minimum": self._get_minimum(),
            "options": options,
            "total": self._get_total(metric, now, before),
            "trend": self._get_trend(metric, now),
            "tables": self._get_tables(metric, now, before),
            "drivers": self._get_drivers(asked, metric),
            "funnel": self._get_funnel(asked),
        }
        return self._complete(results, asked, now)

    @api.model
    def _complete(self, results, asked, counted):
        """Hook: return the results with what else is shown; ``counted`` is of ``_count``."""
        return results

    @api.model
    def _get_minimum(self):
        """Return from how many answers on a figure is shown: the strictest of the companies."""
        # sudo: the setting of the viewer's own companies, which he need not be able to read
        return max(self.env.companies.sudo().mapped("survey_minimum_count"))
