from odoo import api, models

from ...logic import fatigue
from .crm_survey_invitation_weigh import Known


class CrmSurveyInvitation(models.Model):
    """What other ways of writing to customers share with surveys: their wishes and their budget."""

    _inherit = "crm.survey.invitation"

    @api.model
    def _find_refused(self, addresses):
        """Hook: return which of these addresses want no mails, as they have said elsewhere."""
        return set()

    @api.model
    def _find_tired(self, partner_ids, channel, date, company):
        """Return the ids of contacts that all writing to at this moment would take over a limit.

        Nothing is written. In sudo: whoever writes to customers need not see what they were asked.
        """
        people, contacts = self._get_people(partner_ids)
        known = Known(people, contacts, set(), set())
        limits = self.env["crm.survey.budget"]._get_limits()
        # contacts with one address are one person, and written to once
        companies = {contacts[one]: person["company"] for one, person in people.items()}
        candidates = [
            fatigue.Candidate(
                contact,
                fatigue.Touch(contact, customer, date, channel),
                limits=limits.get(company.id, ()),
            )
            for contact, customer in companies.items()
        ]
        waiting, touches = self._get_touches(candidates, known, limits, None)
        decided = [one.touch for one in waiting]
        tired = fatigue.choose(candidates, [*touches, *decided])
        return [partner_id for partner_id in people if contacts[partner_id] in tired]
