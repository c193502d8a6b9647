from odoo import models
from odoo.exceptions import UserError

from ...logic import calling as logic
from ...logic.script import fill

WORDS = ("competitor", "offer")


class CrmSurveyCall(models.Model):
    """What an interviewer learns from a lost customer, beside the answers."""

    _inherit = "crm.survey.call"

    def _get_win_back(self):
        """Return the lost customer of the call, in sudo."""
        # sudo: interviewers see lost customers on their calls only
        invitations = self.sudo().invitation_id
        customers = invitations.env["crm.survey.win.back"]
        return customers.search([("invitation_id", "in", invitations.ids)])

    def save_findings(self, values):
        """Note why the customer went, from whom he buys, and what was offered."""
        self._check_own((*logic.OPEN, logic.DONE))
        customer = self._get_win_back()
        if not customer or not isinstance(values, dict):
            raise UserError(self.env._("This call asks about nothing else."))
        cause = values.get("cause") or False
        causes = self.env["crm.survey.cause"]
        known = isinstance(cause, int) and not isinstance(cause, bool) and cause < 2**31
        if cause and not (known and causes.search_count([("id", "=", cause)])):
            raise UserError(self.env._("This cause is gone: choose another one."))
        words = {name: self._read_note(values.get(name)) for name in WORDS}
        customer.write({"cause_id": cause, **words})
        return True

    def _prepare_card(self):
        card = super()._prepare_card()
        customer = self._get_win_back()
        if customer:
            company = customer.company_id
            card["findings"] = {
                "cause": customer.cause_id.id,
                "competitor": customer.competitor or "",
                "offer": customer.offer or "",
            }
            card["causes"] = [
                {"id": cause.id, "name": cause.display_name}
                for cause in self.env["crm.survey.cause"].search([])
            ]
            card["pitch"] = fill(
                customer.wave_id.offer or "",
                interviewer=self.env.user.name,
                company=company.name,
                customer=customer.partner_id.name,
            )
        return card
