import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..invitation.crm_survey_budget_turn import PASSING
from .crm_survey_trigger_event import DONE, FAILED, PATIENCE_DAYS, WAITING

_logger = logging.getLogger(__name__)

#: So many are withdrawn together.
BATCH = 1000


class CrmSurveyTriggerEvent(models.Model):
    """Deciding about the events whose time has come."""

    _inherit = "crm.survey.trigger.event"

    def _settle(self):
        """Decide about these events at once; where that fails, about each half, down to one.

        Customers about whom somebody else is deciding are left to the next run.
        """
        try:
            with self.env.cr.savepoint():
                self._invite_customers()
            return
        except PASSING:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                return
        except Exception:  # one bad document must not stop the others
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                _logger.exception("Event %s cannot be decided", self.id)
                self._fail()
                return
        half = len(self) // 2
        self[:half]._settle()
        self[half:]._settle()

    def _invite_customers(self):
        """Give each event its invitation, asked or not."""
        wanted, events = [], []
        for trigger, own in self.grouped("trigger_id").items():
            documents = trigger._get_documents().browse(own.mapped("res_id"))
            domain = trigger._get_domain() & Domain("id", "in", documents.ids)
            fitting = set(documents.search(domain).ids)
            candidates = trigger._prepare_candidates(documents.exists())
            by_id = {vals["res_id"]: vals for vals in candidates}
            for event in own:
                vals = by_id.get(event.res_id) or event._prepare_gone()
                if event.res_id in by_id and event.res_id not in fitting:
                    vals["reason"] = "no_longer"
                elif event._is_too_old():
                    vals["reason"] = "too_late"
                wanted.append(vals)
                events.append(event)
        invitations = self.env["crm.survey.invitation"]._invite(wanted)
        self._note(zip(events, invitations, strict=True))

    def _note(self, pairs):
        """Note which invitation each event has got, in one statement."""
        self._sealed_write({"state": DONE})
        for event, invitation in pairs:
            event._sealed_write({"invitation_id": invitation.id})
        self.flush_recordset()

    @api.model
    def _withdraw(self, triggers):
        """Ask nobody who still waits for these; an invitation says why of each."""
        domain = [("trigger_id", "in", triggers.ids), ("state", "=", WAITING)]
        while batch := self.search(domain, limit=BATCH, order="id"):
            wanted, events = [], []
            for trigger, own in batch.grouped("trigger_id").items():
                known = own._prepare_known(trigger)
                wanted += [{**known[event.id], "reason": "trigger_changed"} for event in own]
                events += own
            invitations = self.env["crm.survey.invitation"]._invite(wanted)
            batch._note(zip(events, invitations, strict=True))

    def _prepare_known(self, trigger):
        """Return values of an invitation for each event, with what can be read of its document."""
        if trigger._find_problem_of_document():
            nothing = {"res_model": False, "res_id": False}
            return {event.id: {**event._prepare_gone(), **nothing} for event in self}
        documents = trigger._get_documents().browse(self.mapped("res_id")).exists()
        by_id = {vals["res_id"]: vals for vals in trigger._prepare_candidates(documents)}
        return {event.id: by_id.get(event.res_id) or event._prepare_gone() for event in self}

    def _prepare_gone(self):
        """Return the values for a document that was deleted before its time came."""
        return {
            "survey_id": self.trigger_id.survey_id.id,
            "trigger_id": self.trigger_id.id,
            "res_model": self.trigger_id.res_model,
            "res_id": self.res_id,
            "channel": self.trigger_id.channel,
            "value": self.trigger_id.value,
            "reason": "document_gone",
        }

    def _is_too_old(self):
        return self.date_due < fields.Datetime.now() - timedelta(days=PATIENCE_DAYS)

    def _fail(self):
        """Note that a document cannot be decided about; the invitation says so."""
        try:
            with self.env.cr.savepoint():
                vals = {**self._prepare_gone(), "res_model": False, "res_id": False}
                invitation = self.env["crm.survey.invitation"]._invite(
                    [{**vals, "reason": "error"}]
                )
                self._sealed_write({"state": FAILED, "invitation_id": invitation.id})
        except PASSING:  # it waits for the next run
            self.env.invalidate_all(flush=False)
        except Exception:  # it stays in the log, and in our way no more
            _logger.exception("Event %s cannot even be noted", self.id)
            self.env.invalidate_all(flush=False)
            self._sealed_write({"state": FAILED})
