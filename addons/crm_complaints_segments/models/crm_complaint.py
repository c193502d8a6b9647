from dataclasses import replace

from odoo import models


class CrmComplaint(models.Model):
    """The customer's class decides about the terms of his complaint."""

    _inherit = "crm.complaint"

    def _get_case(self):
        # sudo: the customer's class decides whether the clerk may see it or not
        segments = self.sudo().partner_id.segment_ids
        return replace(super()._get_case(), marks=segments._get_marks())
