from __future__ import annotations

from collections.abc import Mapping

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...logic.assignment import DeedError, judge
from .crm_standard_assignment_clock import ACCEPT, WORK


class CrmStandardAssignment(models.Model):
    """What people do to assignments. The logic decides whether it is theirs to do."""

    _inherit = "crm.standard.assignment"

    def action_accept(self):
        """Take it on; the time for the work begins."""
        self._do("accept")

    def action_finish(self):
        """Say that it is done."""
        self._do("finish")

    def action_check(self):
        """Say that it was done well."""
        self._do("check")

    def action_offer(self):
        """Offer it once more, to the same receiver or to the one chosen since."""
        self._do("offer")

    def action_decline(self):
        """Ask why it is declined, then give it back to its sender."""
        return self._ask_reason("decline")

    def action_return(self):
        """Ask what is wrong with it, then give it back to its receiver."""
        return self._ask_reason("return")

    def action_cancel(self):
        """Ask why it is not needed any more."""
        return self._ask_reason("cancel")

    def _ask_reason(self, deed: str) -> dict:
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why?"),
            "res_model": "crm.standard.assignment.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_assignment_ids": self.ids, "default_deed": deed},
        }

    def _do(self, deed: str, reason: str | None = None, party: str | None = None) -> None:
        """Do something to these assignments.

        :param party: ``"system"`` where the process itself does it; by default the person at the
            screen, with the parts he plays in each of them
        :raise AccessError: it is not for this person to do
        :raise UserError: the state does not allow it, or the reason is missing
        """
        if party is None:
            self.check_access("read")
        before = {assignment: assignment.state for assignment in self}
        for assignment in self:
            parties = [party] if party else assignment._get_parties()
            try:
                result = judge(deed, assignment.state, parties, reason)
            except DeedError as error:
                raise assignment._explain_refusal(error) from error
        if not self:
            return
        values = {"state": result, **self._prepare_deed(deed)}
        if reason:
            values["reason"] = reason.strip()
        # who does it was checked above; he need not have the right to edit the whole assignment
        self.sudo()._write_fact(values)
        self._log(deed, before, reason)
        self.sudo()._follow_deed(deed)  # clocks and to-dos of the others

    def _prepare_deed(self, deed: str) -> dict:
        """Return what a deed notes besides the state."""
        now = fields.Datetime.now()
        if deed == "accept":
            return {"date_accepted": now}
        if deed == "finish":
            return {"date_done": now}
        if deed == "return":
            return {"date_done": False}
        return {}

    def _explain_refusal(self, error: DeedError) -> Exception:
        """Return what the person reads whose deed is refused."""
        self.ensure_one()
        if error.cause == "party":
            return AccessError(
                self.env._(
                    "“%(assignment)s” was given by %(sender)s to %(receiver)s: it is for them to"
                    " do this.",
                    assignment=self.name,
                    sender=self.sender_id.name or "…",
                    receiver=self.user_id.name,
                )
            )
        if error.cause == "reason":
            return UserError(self.env._("Say why, so that the other side can act on it."))
        state = dict(self._fields["state"]._description_selection(self.env))[self.state]
        return UserError(
            self.env._(
                "“%(assignment)s” is in the state “%(state)s” and does not allow that. Reload the"
                " page: somebody may have been quicker.",
                assignment=self.name,
                state=state,
            )
        )

    def _log(self, deed: str, before: Mapping, reason: str | None = None) -> None:
        """Append a line for each assignment to the log that nobody can change."""
        log = self.env["crm.standard.assignment.event"]
        log.with_env(self.env(su=True, context={}))._sealed_create(  # nobody may write it
            [
                {
                    "assignment_id": assignment.id,
                    "company_id": assignment.company_id.id,
                    "date": fields.Datetime.now(),
                    "user_id": self.env.uid,
                    "deed": deed,
                    "state_from": before.get(assignment),
                    "state_to": assignment.state,
                    "receiver_id": assignment.user_id.id,
                    "reason": reason,
                }
                for assignment in self
            ]
        )

    @api.model
    def _get_clock_kinds(self, deed: str) -> list[str]:
        """Return the kinds of clocks that a deed ends."""
        return {"accept": [ACCEPT], "decline": [ACCEPT], "finish": [WORK]}.get(deed, [])
