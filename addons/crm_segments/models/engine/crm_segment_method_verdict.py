from odoo import models
from odoo.tools import SQL

from ..method.crm_segment_method import BCG, DOMAIN, RFM, XYZ
from . import statement


class CrmSegmentMethod(models.Model):
    """The statement that says who is in which class; it writes nothing."""

    _inherit = "crm.segment.method"

    def _get_verdict(self):
        """Return the common table expressions up to ``verdict``: customer, class and figures."""
        self.ensure_one()
        if self.kind == DOMAIN:
            verdict = statement.verdict(self._select_customers(), SQL("'in'"))
            return SQL("verdict AS (%s)", verdict)
        window = self._get_window()
        match self.kind:
            case "abc":
                verdict = statement.abc(self)
            case "xyz":
                verdict = statement.xyz(self, window.count, window.seasons)
            case "bcg":
                verdict = statement.bcg(self)
            case "rfm":
                verdict = statement.rfm(self._select_day(SQL("latest")))
        return SQL("cell AS (%s), verdict AS (%s)", self._select_cells(window), verdict)

    def _select_cells(self, window):
        """Return sums by customer and bucket, in the method's currency, for customers in scope."""
        bucket = SQL("1")
        if self.kind == XYZ:
            bucket = self._select_bucket(window.starts)
        elif self.kind == BCG:
            bucket = self._select_bucket([window.starts[self.period_count]])
        worth, rates = self._convert(window)
        # XYZ asks whether somebody was a customer before
        first = None if self.kind == XYZ else window.first
        # what is taken back lowers the sum, but nobody came to buy
        bought = SQL("FILTER (WHERE line.amount > 0)")
        latest = SQL("MAX(line.moment) %s", bought) if self.kind == RFM else SQL("NULL")
        return SQL(
            """
            SELECT *
              FROM (SELECT partner.commercial_partner_id AS partner_id, %(bucket)s AS bucket,
                           ROUND(SUM(%(worth)s), 2) AS amount, COUNT(*) %(bought)s AS deals,
                           %(latest)s AS latest
                      FROM %(lines)s AS line
                      JOIN res_partner AS partner ON partner.id = line.partner_id
                           %(rates)s
                  GROUP BY 1, 2) AS summed
             WHERE partner_id IN %(customers)s
            """,
            bucket=bucket,
            worth=worth,
            bought=bought,
            latest=latest,
            lines=self._select_lines(first, window.end),
            rates=rates,
            customers=SQL("(SELECT partner_id FROM %s)", self._select_customers()),
        )

    def _select_customers(self):
        """Return the customers in scope as a sub-select."""
        # sudo: who defined the scope has been checked, the job has no company of its own
        partners = self.env["res.partner"].sudo().with_company(self.company_id)
        # archived customers are no customers, whoever computes
        partners = partners.with_context(active_test=True)
        query = partners._search(self._get_domain())
        query.add_where(
            SQL(
                "%s = %s",
                SQL.identifier(query.table, "commercial_partner_id"),
                SQL.identifier(query.table, "id"),
            )
        )
        identifier = SQL.identifier(query.table, "id")
        return SQL("%s AS customer", query.subselect(SQL("%s AS partner_id", identifier)))
