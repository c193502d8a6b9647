from odoo import models

from odoo.addons.crm_surveys.logic import loop

#: What a follow-up ends with, by where its complaint has ended.
OUTCOMES = {"closed": loop.EXPLAINED, "cancelled": loop.NOTHING}


class CrmComplaint(models.Model):
    """With the complaint the loop is closed: the customer has its final answer."""

    _inherit = "crm.complaint"

    def _follow_going_on(self, now):
        result = super()._follow_going_on(now)
        # in sudo, as the hook runs: who handles complaints need not know surveys
        followups = self.env["crm.survey.followup"].search(
            [("complaint_id", "in", self._get_with_merged().ids)]
        )
        for followup in followups:
            followup._follow_complaint(now)
        return result

    def _get_with_merged(self):
        """Return these complaints and all that went into them."""
        everything = found = self
        while found := found.merged_ids - everything:
            everything |= found
        return everything

    def _get_going_on(self):
        """Return the complaint in which this one goes on: itself, unless it is merged."""
        self.ensure_one()
        complaint = self
        # the deed is there before the complaint ends by it, and undone before it is open again
        while deeds := complaint.merge_ids.filtered(lambda deed: not deed.date_undone):
            complaint = deeds[:1].survivor_id
        return complaint
