from odoo import fields, models

from odoo.addons.crm_surveys.logic import loop

#: What a follow-up ends with, by where its complaint has ended.
OUTCOMES = {"closed": loop.EXPLAINED, "cancelled": loop.NOTHING}


class CrmComplaint(models.Model):
    """With the complaint the loop is closed: the customer has its final answer."""

    _inherit = "crm.complaint"

    def _follow_moves(self, now):
        result = super()._follow_moves(now)
        followups = self.env["crm.survey.followup"].search(
            [("complaint_id", "in", self.ids), ("state", "=", "open")]
        )
        for followup in followups:
            outcome = OUTCOMES.get(followup.complaint_id.state)
            if outcome:
                followup._write_facts(
                    {
                        "state": "done",
                        "outcome": outcome,
                        "result": followup.complaint_id.display_name,
                        "date_done": fields.Datetime.now(),
                        "done_user_id": self.env.uid,
                    }
                )
        return result
