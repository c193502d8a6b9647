from odoo import fields, models
from odoo.fields import Domain


class CrmStandardContactNorm(models.Model):
    """Norms of contacts by class: A customers once a week, C customers once a quarter."""

    _inherit = "crm.standard.contact.norm"

    segment_ids = fields.Many2many(
        "crm.segment",
        "crm_standard_contact_norm_segment_rel",
        string="Classes",
        # a class out of use has no customers: hidden, it would mean all of them
        context={"active_test": False},
        # shown to who may read classes; who writes standards copies norms with them
        help="Customers in any of these classes, by the methods of segmentation. Empty: all.",
    )

    def _get_class_domain(self):
        domain = super()._get_class_domain()
        # sudo: which norm is a customer's does not depend on who asks, nor on what he may see
        segments = self.sudo().segment_ids
        if not segments:
            return domain
        # sudo: as above
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        members = partners._search([("segment_ids", "in", segments.ids)])
        return domain & Domain("id", "in", members)

    def _get_words(self):
        # sudo: the text of a standard says the same to everybody
        names = ", ".join(self.sudo().segment_ids.mapped("display_name"))
        return self._join_words(super()._get_words(), names)
