import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...logic.terms import FROM_RECEIPT, bare, both
from ..case.crm_complaint_stage import CLOSED_KINDS

_logger = logging.getLogger(__name__)

#: Stages in which nothing is owed any more but an answer to the next message.
SETTLED = ("answered", *CLOSED_KINDS)


class CrmComplaint(models.Model):
    """How clocks follow the terms that apply, each judgement on record. All of it runs in sudo."""

    _inherit = "crm.complaint"

    def _start_terms(self, kinds, date=None, reason=None):
        """Start clocks of these kinds, by level and by law, where the complaint is not settled.

        :param date: when the terms begin; the receipt by default
        """
        pending = self.filtered(lambda complaint: complaint.state not in SETTLED)
        choices = pending._choose_terms() if pending else {}
        self._start_chosen(
            [
                (complaint, kind, choice, date or complaint.date_received)
                for complaint in pending
                for kind, choice in choices[complaint.id].items()
                if bare(kind) in kinds
            ],
            reason,
        )

    def _start_chosen(self, starts, reason=None):
        """Start a clock for each (complaint, kind, choice, date), and note the judgements."""
        clocks = self._start_clocks(
            [start[0]._prepare_clock(*start[1:], reason) for start in starts]
        )
        self.env["crm.complaint.term"]._sealed_create(
            [
                complaint._prepare_term(kind, choice, clock, reason)
                for (complaint, kind, choice, _date), clock in zip(starts, clocks, strict=True)
            ]
        )
        self.filtered("date_waiting")._pause_clocks()

    @api.model
    def _start_clocks(self, vals_list):
        """Return a clock for each, in their order; an empty one where its policy is broken.

        A complaint is never refused because somebody emptied the working hours.
        """
        clocks = self.env["crm.deadline.clock"]
        try:
            with self.env.cr.savepoint():
                return list(clocks._start(vals_list)) if vals_list else []
        except UserError as error:
            if len(vals_list) == 1:
                _logger.warning("policy %s starts nothing: %s", vals_list[0]["policy_id"], error)
                return [clocks]
        return [clock for vals in vals_list for clock in self._start_clocks([vals])]

    def _judge_terms(self, reason):
        """Let the open clocks count by what applies now; start and cancel what came and went."""
        pending = self.filtered(lambda complaint: complaint.state not in SETTLED)
        if not pending:
            return
        choices = pending._choose_terms()
        domain = Domain(pending._deadline_domain()) & Domain("state", "!=", "cancelled")
        clocks = self.env["crm.deadline.clock"].search(domain)
        known = {(clock.res_id, clock.kind): clock for clock in clocks.sorted("id")}
        for complaint in pending:
            chosen = choices[complaint.id]
            complaint._drop_terms(clocks, chosen, reason)
            complaint._switch_terms(known, chosen, reason)
        self._start_chosen(
            [
                (complaint, kind, choice, complaint.date_received)
                for complaint in pending
                for kind, choice in choices[complaint.id].items()
                if bare(kind) in FROM_RECEIPT and (complaint.id, kind) not in known
            ],
            reason,
        )

    def _drop_terms(self, clocks, chosen, reason):
        """Cancel the open clocks of a complaint to which no rule applies any more."""
        gone = clocks.filtered(
            lambda clock: (
                clock.res_id == self.id and not clock.date_end and clock.kind not in chosen
            )
        )
        gone._cancel(reason)
        self.env["crm.complaint.term"]._sealed_create(
            [self._prepare_term(clock.kind, None, clock, reason) for clock in gone]
        )

    def _switch_terms(self, known, chosen, reason):
        """Let the open clocks of a complaint count by another policy where one applies now."""
        for kind, choice in chosen.items():
            clock = known.get((self.id, kind))
            if clock and not clock.date_end and clock.policy_id.id != choice.policy:
                policy = self.env["crm.deadline.policy"].browse(choice.policy)
                if clock._switch(policy, reason):
                    term = self._prepare_term(kind, choice, clock, reason)
                    self.env["crm.complaint.term"]._sealed_create([term])

    def _restart_terms(self, reason):
        """Begin anew at the corrected time of receipt; what was ended before stays as it was."""
        clocks = self._deadline_open(both(*FROM_RECEIPT))
        kinds = defaultdict(set)
        for clock in clocks:
            kinds[clock.res_id].add(clock.kind)
        clocks._cancel(reason)
        choices = self._choose_terms() if clocks else {}
        self._start_chosen(
            [
                (complaint, kind, choice, complaint.date_received)
                for complaint in self
                for kind, choice in choices.get(complaint.id, {}).items()
                if kind in kinds[complaint.id]
            ],
            reason,
        )

    def _prepare_clock(self, kind, choice, date, reason):
        """Return the values of a new clock."""
        self.ensure_one()
        return {
            "res_model": self._name,
            "res_id": self.id,
            "kind": kind,
            "policy_id": choice.policy,
            "user_id": self._deadline_get_user().id,
            "date_start": date,
            "reason": reason,
        }

    def _prepare_term(self, kind, choice, clock, reason):
        """Return the values of a judgement; without a choice no term of the kind applies."""
        self.ensure_one()
        if not clock:
            reason = self.env._("the term cannot be counted: its working hours are empty")
        policy = self.env["crm.deadline.policy"].browse(choice and choice.policy)
        return {
            "complaint_id": self.id,
            "kind": kind,
            "date": fields.Datetime.now(),
            "policy_id": policy.id,
            "level_id": choice and choice.level,
            "rule_id": choice and choice.rule,
            "article": policy.source,
            "can_pause": bool(choice and choice.can_pause),
            "date_due": clock.date_due,
            "reason": reason,
            "user_id": self.env.uid,
        }
