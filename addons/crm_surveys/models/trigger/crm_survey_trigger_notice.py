import logging
from datetime import datetime

from odoo import api, fields, models

from ...logic.sampling import is_drawn
from ..invitation.crm_survey_budget_turn import PASSING
from .crm_survey_trigger import RUNNING

_logger = logging.getLogger(__name__)

BATCH = 1000
FIRST = (datetime.min, 0)


class CrmSurveyTrigger(models.Model):
    """The job of the triggers: notices events, then decides about those whose time has come."""

    _inherit = "crm.survey.trigger"

    @api.model
    def _cron_ask(self):
        """Notice and decide, in batches; two at once share the work and do nothing twice."""
        commit = self.env["ir.cron"]._commit_progress
        self.search([("state", "=", RUNNING)])._notice()
        events = self.env["crm.survey.trigger.event"]
        commit(remaining=events.search_count(events._get_due_domain()))
        last = FIRST
        while batch := events._claim(last, BATCH):
            last = batch[-1].date_due, batch[-1].id
            batch._settle()
            if not commit(len(batch)):
                return

    def _notice(self):
        """Enter the new events of these triggers; one that cannot work is paused."""
        for trigger in self:
            problem = trigger._find_problem()
            if not problem:
                try:
                    with self.env.cr.savepoint():
                        self.env["crm.survey.trigger.event"]._enter_new(trigger)
                except PASSING:
                    continue  # another worker is at it
                except Exception:  # whatever is wrong with one trigger, the others go on
                    _logger.exception("Trigger %s cannot be followed", trigger.id)
                    problem = self.env._("The documents cannot be searched: set the trigger anew.")
            if problem:
                trigger._pause(problem)

    def _prepare_candidates(self, documents, dates=None):
        """Return the values by which customers of these documents are weighed.

        ``dates`` are when each would be asked, by document id; by default now.
        """
        self.ensure_one()
        partners = self._get_partners(documents)
        # sudo: the number that draws is a secret
        salt = self.sudo().salt or ""
        return [
            {
                "survey_id": self.survey_id.id,
                "trigger_id": self.id or self._origin.id,
                "res_model": documents._name,
                "res_id": document.id,
                "channel": self.channel,
                "second_channel": self.second_channel,
                "lang": self.lang,
                "value": self.value,
                "date_planned": (dates or {}).get(document.id) or fields.Datetime.now(),
                **({"partner_id": partners[document.id]} if partners.get(document.id) else {}),
                **(
                    {}
                    if is_drawn(salt, document.id, self.sample_percent)
                    else {"reason": "not_sampled"}
                ),
            }
            for document in documents
        ]
