from odoo import api, models

from ...logic.metrics import Estimate, difference

BY_PHONE, BY_CUSTOMER = "interview", "self"


class CrmSurveyResult(models.AbstractModel):
    """Whether customers answer otherwise when a person asks them on the phone."""

    _inherit = "crm.survey.result"

    @api.model
    @api.readonly
    def get_results(self, filters=None):
        results = super().get_results(filters)
        results["mode_effect"] = self._get_mode_effect(results["tables"])
        return results

    @api.model
    def _get_mode_effect(self, tables):
        """Return by how much the figure on the phone is above that of who answers alone.

        Nothing where one of them rests on too few answers.
        """
        rows = {
            row["id"]: row for table in tables if table["name"] == "mode" for row in table["rows"]
        }
        figures = [rows.get(mode, {"value": None}) for mode in (BY_PHONE, BY_CUSTOMER)]
        if any(figure["value"] is None for figure in figures):
            return None
        found = difference(
            *(
                Estimate(figure["value"], figure["low"], figure["high"], figure["count"])
                for figure in figures
            )
        )
        return {
            "value": round(found.value, 1),
            "low": round(found.low, 1),
            "high": round(found.high, 1),
            "is_clear": found.low > 0 or found.high < 0,
            "phone": figures[0]["value"],
            "alone": figures[1]["value"],
        }
