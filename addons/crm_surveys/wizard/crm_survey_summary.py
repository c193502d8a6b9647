from odoo import api, fields, models
from odoo.tools import format_datetime

#: Texts of customers on the paper.
TEXTS = 10
#: Rows of a table on the paper.
ROWS = 15


class CrmSurveySummary(models.TransientModel):
    """The results page on paper: what was asked for, kept until it is printed."""

    _name = "crm.survey.summary"
    _description = "Summary of Results"

    filters = fields.Json(readonly=True)

    @api.model
    def action_print(self, filters):
        """Print the results of the filters of the page."""
        # read first, so that what is wrong with them is said here and not on paper
        self.env["crm.survey.result"]._read_filters(filters)
        summary = self.create({"filters": filters})
        return self.env.ref("crm_surveys.crm_survey_summary_report").report_action(summary)

    def _get_results(self):
        """Return what the page shows, under the rules of whoever prints."""
        self.ensure_one()
        return self.env["crm.survey.result"].with_user(self.env.user).get_results(self.filters)

    def _get_texts(self):
        """Return the newest words of customers, with their time by the clock of who prints."""
        self.ensure_one()
        results = self.env["crm.survey.result"].with_user(self.env.user)
        texts = results.get_texts(self.filters)["texts"][:TEXTS]
        zone = self._get_zone()
        return [
            {**text, "moment": format_datetime(self.env, text["date"], tz=zone, dt_format="short")}
            for text in texts
        ]

    def _get_zone(self):
        """Return the name of the time zone of who prints."""
        return self.env.tz.zone

    def _get_chosen(self, results):
        """Return what was filtered by, as pairs of words."""
        filters = results["filters"]
        return [
            (dimension["title"], value["name"])
            for dimension in results["options"]["dimensions"]
            for value in dimension["values"]
            if value["id"] == filters.get(dimension["name"])
        ]

    def _get_rows(self, table):
        return table["rows"][:ROWS]

    def _get_words(self, name):
        """Return what the parts and verdicts of a figure are called."""
        words = {
            "nps": self.env._("NPS"),
            "csat": self.env._("Satisfied customers, %"),
            "ces": self.env._("Customers for whom it was easy, %"),
            "better": self.env._("better than before"),
            "worse": self.env._("worse than before"),
            "same": self.env._("no clear change"),
            "improve": self.env._("Improve first"),
            "keep": self.env._("Keep"),
            "watch": self.env._("Matters little"),
            "unclear": self.env._("Not clear"),
        }
        return words.get(name, "")
