from odoo import api, fields, models

from .crm_complaint_term import CLOCK_KINDS


class CrmDeadlineClock(models.Model):
    """What a deadline of a complaint is for, in words."""

    _inherit = "crm.deadline.clock"

    complaint_kind = fields.Selection(
        CLOCK_KINDS, "Deadline for", compute="_compute_complaint_kind"
    )

    @api.depends("kind", "res_model")
    def _compute_complaint_kind(self):
        known = dict(CLOCK_KINDS)
        for clock in self:
            is_ours = clock.res_model == "crm.complaint" and clock.kind in known
            clock.complaint_kind = clock.kind if is_ours else False
