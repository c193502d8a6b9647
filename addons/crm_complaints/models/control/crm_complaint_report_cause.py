from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

SHARE_COLUMNS = ("id", "complaint_id", "cause_id", "weight")


class CrmComplaintReportCause(models.Model):
    """Complaints by their confirmed causes: each cause has its share, and all shares make one.

    The reported reason of a complaint is its category; why things really went wrong is found
    afterwards, so that a complaint without a confirmed cause has no line here.
    """

    _name = "crm.complaint.report.cause"
    _description = "Causes Report"
    _inherit = ["crm.complaint.readable"]
    _auto = False
    _order = "weight desc, id"
    _rec_name = "cause_id"

    complaint_id = fields.Many2one("crm.complaint", readonly=True, index=False)
    cause_id = fields.Many2one("crm.complaint.cause", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_received = fields.Datetime("Received", readonly=True)
    category_id = fields.Many2one("crm.complaint.category", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    weight = fields.Float(
        "Complaints (by Share)",
        readonly=True,
        aggregator="sum",
        help="Of a complaint with two causes at 70 and 30 %, the first has 0.7 and the second 0.3.",
    )

    @property
    def _table_query(self) -> SQL:
        self.env["crm.complaint"].flush_model()
        return SQL(
            """
            SELECT %s
              FROM (%s) AS share
              JOIN (%s) AS complaint ON complaint.id = share.complaint_id
            """,
            SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name))
                for name, value in self._get_columns().items()
            ),
            self._get_share_query(),
            self.env["crm.complaint"]._get_readable_rows(),
        )

    @api.model
    def _get_columns(self) -> dict[str, SQL]:
        """Hook: return what each field shows, as SQL over ``share`` and its ``complaint``."""
        shared, common = SHARE_COLUMNS, self._get_complaint_columns()
        return {
            **{name: SQL.identifier("share", name) for name in shared},
            **{name: SQL.identifier("complaint", name) for name in common},
        }

    @api.model
    def _get_complaint_columns(self) -> list[str]:
        """Hook: return the fields of this report that are those of the complaint."""
        return ["company_id", "date_received", "category_id", "product_id", "team_id", "user_id"]

    @api.model
    def _get_share_query(self) -> SQL:
        """Hook: return the query of confirmed causes: id, complaint_id, cause_id, weight (0-1)."""
        self.env["crm.complaint.cause.share"].flush_model()
        return SQL(
            "SELECT id, complaint_id, cause_id, share_percent / 100 AS weight"
            " FROM crm_complaint_cause_share"
        )
