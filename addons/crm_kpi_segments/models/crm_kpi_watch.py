from odoo import fields, models
from odoo.fields import Domain


class CrmKpiWatch(models.Model):
    """Customers who have to be heard of, by class: an A customer is missed before a C customer."""

    _inherit = "crm.kpi.watch"

    segment_ids = fields.Many2many(
        "crm.segment",
        "crm_kpi_watch_segment_rel",
        string="Customer Classes",
        check_company=True,
        # a class out of use has no customers: hidden, it would mean all of them
        context={"active_test": False},
        groups="crm_segments.group_user",
        help="Only customers in any of these classes today, by the methods of segmentation. "
        "Empty: all.",
    )

    def _get_customer_domain(self):
        domain = super()._get_customer_domain()
        # sudo: who has to be heard of does not depend on who looks, nor on what he may see
        segments = self.sudo().segment_ids
        if not segments:
            return domain
        # sudo: as above
        members = self.env["res.partner"].sudo()._search([("segment_ids", "in", segments.ids)])
        return domain & Domain("id", "in", members)
