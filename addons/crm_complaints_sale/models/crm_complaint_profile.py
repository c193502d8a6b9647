from __future__ import annotations

from odoo import api, models
from odoo.tools import SQL


class CrmComplaintProfile(models.Model):
    """Complaints of a customer beside his confirmed orders.

    All orders count, whatever orders the viewer may open: a rate by part of them would be wrong,
    and would make one customer seem worse to one manager than to another.
    """

    _inherit = "crm.complaint.profile"

    @api.model
    def _get_order_query(self) -> SQL:
        self.env["sale.order"].flush_model(["company_id", "partner_id", "state"])
        return SQL(
            """
            SELECT partner.commercial_partner_id AS partner_id, sale.company_id,
                   COUNT(*)::int AS order_count
              FROM sale_order AS sale
              JOIN res_partner AS partner ON partner.id = sale.partner_id
             WHERE sale.state = 'sale'
          GROUP BY partner.commercial_partner_id, sale.company_id
            """
        )
