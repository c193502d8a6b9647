import uuid

from odoo import models

from ...logic import calling as logic


class SurveyUserInput(models.Model):
    """Answers given on the phone: the customer's, typed by an interviewer."""

    _inherit = "survey.user_input"

    def _get_interview(self, user):
        """Return the call in which the user asks for this response, in sudo."""
        # sudo: that there is such a call is what lets an interviewer in
        calls = self.env["crm.survey.call"].sudo()
        if not self or user._is_public():
            return calls
        # sudo: as above
        invitations = self.sudo().invitation_id
        return calls.search(
            [
                ("invitation_id", "in", invitations.ids),
                ("interviewer_id", "=", user.id),
                ("rated_user_id", "!=", user.id),
                ("state", "=", logic.TALKING),
            ]
        )

    def _mark_done(self):
        interviews = []
        for response in self - self._get_recorded():
            call = response._get_interview(self.env.user)
            if call:
                # sudo: interviewers have no right on responses
                response.sudo().write({"mode": "interview", "interviewer_id": self.env.uid})
                interviews.append(call)
        for call in interviews:
            call._note(logic.ANSWERED)
        return super()._mark_done()

    def _renew_token(self):
        """Make the link worthless that others than the customer have seen."""
        for response in self.filtered(lambda one: one.state != "done"):
            response.access_token = str(uuid.uuid4())

    def _export_person(self):
        """Calls are known about him, too: when he was called, and what was noted."""
        calls = self.env["crm.survey.call"].search(
            [("invitation_id", "in", self.invitation_id.ids)]
        )
        found = calls.grouped("invitation_id")
        for response, told in zip(self, exported := super()._export_person(), strict=True):
            called = found.get(response.invitation_id, calls.browse())
            told["calls"] = [
                {"date": one.date, "outcome": one.outcome, "note": one.note or None}
                for one in called.attempt_ids
            ]
        return exported
