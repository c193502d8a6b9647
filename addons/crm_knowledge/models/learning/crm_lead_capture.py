from odoo import models

from ...logic.text import strip_html


class CrmLead(models.Model):
    """A won or lost deal is a case to learn from."""

    _inherit = "crm.lead"

    def _get_capture_texts(self):
        title, question, answer = super()._get_capture_texts()
        notes = strip_html(self.description)
        return self.name or title, question or notes, answer or (notes if question else "")

    def _get_capture_links(self):
        return {
            **super()._get_capture_links(),
            "stage_ids": self.stage_id.ids if not self.lost_reason_id else [],
            "lost_reason_ids": self.lost_reason_id.ids,
        }

    def _get_private_names(self):
        own = [self.contact_name, self.partner_name]
        return [*super()._get_private_names(), *filter(None, own)]
