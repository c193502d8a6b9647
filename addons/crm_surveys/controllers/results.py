import json

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ResultsController(http.Controller):
    """The file of results: it reads and changes nothing."""

    @http.route(
        "/crm_surveys/results.xlsx", type="http", auth="user", methods=["GET"], readonly=True
    )
    def results_xlsx(self, filters="{}", **_unknown):
        """Return the answers that the page counts; ``filters`` are the page's, as JSON."""
        try:
            content = request.env["crm.survey.result"]._get_file(json.loads(filters))
        except AccessError as error:
            return self._refuse(error.args[0], 403)
        except UserError as error:
            return self._refuse(error.args[0], 400)
        except (ValueError, RecursionError):
            return self._refuse(request.env._("These filters cannot be read."), 400)
        headers = [
            ("Content-Type", XLSX),
            ("Content-Disposition", http.content_disposition("survey-results.xlsx")),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)

    def _refuse(self, words, status):
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        return request.make_response(words, headers, status=status)
