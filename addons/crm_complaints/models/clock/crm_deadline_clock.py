from odoo import api, fields, models

from odoo.addons.crm_deadline.logic.clock import STOP

from .crm_complaint_term import CLOCK_KINDS


class CrmDeadlineClock(models.Model):
    """What a deadline of a complaint is for, in words."""

    _inherit = "crm.deadline.clock"

    complaint_kind = fields.Selection(
        CLOCK_KINDS, "Deadline for", compute="_compute_complaint_kind"
    )

    def _is_done(self):
        """Whether the work was done, in time or late; what was given up ends otherwise."""
        self.ensure_one()
        last = self.event_ids.sorted("id")[-1:] if self.state == "missed" else None
        return self.state == "met" or (bool(last) and last.kind == STOP)

    @api.depends("kind", "res_model")
    def _compute_complaint_kind(self):
        known = dict(CLOCK_KINDS)
        for clock in self:
            is_ours = clock.res_model == "crm.complaint" and clock.kind in known
            clock.complaint_kind = clock.kind if is_ours else False
