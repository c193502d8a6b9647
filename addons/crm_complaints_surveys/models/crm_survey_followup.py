from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

from .crm_complaint import OUTCOMES

KIND = "complaint"


class CrmSurveyFollowup(models.Model):
    """A follow-up that is a complaint: it has the complaint's term, people and end."""

    _inherit = "crm.survey.followup"

    kind = fields.Selection(
        selection_add=[(KIND, "Register a complaint")], ondelete={KIND: "cascade"}
    )
    complaint_id = fields.Many2one(
        "crm.complaint",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="crm_complaints.group_user",
    )

    def write(self, vals):
        if "complaint_id" in vals:
            raise UserError(self.env._("Which complaint it is, the system notes. Leave it out."))
        return super().write(vals)

    def _follow_made(self):
        result = super()._follow_made()
        if self.kind == KIND:
            complaints = self.env["crm.complaint"].with_company(self.company_id)
            complaint = complaints._as_registrar().create(self._prepare_complaint())
            self._write_facts({"complaint_id": complaint.id})
        return result

    def _start_clock(self):
        # the complaint has a term of its own: two would tell the same people twice
        return None if self.kind == KIND else super()._start_clock()

    def _tell_owner(self):
        # those who work on the complaint are told by the complaint
        return None if self.kind == KIND else super()._tell_owner()

    def _check_can_end(self):
        self._check_own_end()
        return super()._check_can_end()

    def action_reopen(self):
        self._check_own_end()
        return super().action_reopen()

    def _check_own_end(self):
        """Refuse to end or to take up by hand what the complaint decides."""
        if any(followup.kind == KIND for followup in self):
            raise UserError(
                self.env._(
                    "It ends with its complaint: close the complaint, or reopen that if the "
                    "customer is still waiting."
                )
            )

    def _follow_complaint(self, now):
        """Be where the complaint is: done with it, and open again when it is reopened.

        Only its number is noted: whoever reads the follow-up need not be allowed to read it.
        """
        complaint = self.complaint_id._get_going_on()
        outcome = OUTCOMES.get(complaint.state)
        if outcome and self.state == "open":
            self._write_facts(
                {
                    "state": "done",
                    "outcome": outcome,
                    "result": complaint.number,
                    "is_missed": any(complaint.deadline_clock_ids.mapped("date_missed")),
                    "date_done": now,
                    "done_user_id": self.env.uid,
                }
            )
        elif not outcome and self.state == "done":
            ended = ("outcome", "result", "is_missed", "date_done", "done_user_id")
            self._write_facts({"state": "open", **dict.fromkeys(ended, False)})

    def _prepare_complaint(self):
        """Hook: return the values of the complaint that an answer is."""
        fact = self.fact_id
        channels = self.env["crm.complaint.channel"]
        return {
            "name": self.env._("Survey “%(survey)s”", survey=fact.survey_id.title),
            "description": plaintext2html("\n".join(filter(None, (self.score, self.words)))),
            "date_received": fact.date,
            "partner_id": fact.partner_id.id,
            "company_id": fact.company_id.id,
            "product_id": fact.product_id.id,
            "lead_id": fact.res_id if fact.res_model == "crm.lead" else False,
            "channel_id": channels._get_by_code("phone" if fact.mode == "interview" else "api").id,
        }

    def action_complaint(self):
        """Open the complaint."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": self.complaint_id.id,
            "views": [(False, "form")],
        }
