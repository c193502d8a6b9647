from dataclasses import replace

from odoo import fields, models


class CrmComplaintLevel(models.Model):
    """What is promised to customers of a class."""

    _inherit = "crm.complaint.level"

    segment_ids = fields.Many2many(
        "crm.segment",
        "crm_complaint_level_segment_rel",
        string="Customer Classes",
        # a class out of use has no customers: hidden, it would mean all of them
        context={"active_test": False},
        groups="crm_segments.group_user",
        help="Only for customers in any of these classes, by the methods of segmentation. Empty: "
        "for all.",
    )

    def _get_scope(self):
        # sudo: what is promised does not depend on who registers a complaint
        return replace(super()._get_scope(), marks=self.sudo().segment_ids._get_marks())
