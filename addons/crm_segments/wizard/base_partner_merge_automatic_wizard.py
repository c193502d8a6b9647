from odoo import models
from odoo.tools import SQL


class MergePartnerAutomatic(models.TransientModel):
    """Merged customers keep the classes of the one that stays, until the next run; and all history.

    Core moves all that points to them in one UPDATE for each table, and knows of constraints but
    not of unique indexes.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                "DELETE FROM crm_segment_membership WHERE partner_id IN %s RETURNING id",
                tuple(src_partners.ids),
            )
        )
        return super()._update_foreign_keys(src_partners, dst_partner)
