from odoo import models


class ResourceCalendarLeaves(models.Model):
    """Time off moves the due times of everybody when it belongs to nobody."""

    _inherit = "resource.calendar.leaves"

    def write(self, vals):
        result = super().write(vals)
        # the rules let people write their own time off, and ask before the change only: it must
        # not become a general holiday, or somebody else's absence
        if "resource_id" in vals:
            self.check_access("write")
        return result
