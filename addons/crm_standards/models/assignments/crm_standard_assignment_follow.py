from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from odoo import api, models

from ...logic.assignment import choose, duty_of, passes_on
from ...logic.gate import Subject, is_in_scope
from ..gate.crm_standard_transition import Transition


class Handing(NamedTuple):
    """A deal that goes over into other hands by a duty of the stage it has come into."""

    lead_id: int
    stage_id: int
    duty_id: int


class CrmStandardAssignment(models.Model):
    """How stages give assignments: for all leads of one piece of work at once.

    Leaving a stage ends its assignment: done if the receiver had taken it on, cancelled if the deal
    went on without him. The stage it comes into gives the next one, unless the same role goes on.
    """

    _inherit = "crm.standard.assignment"

    @api.model
    def _follow_moves(self, transitions: list[Transition], duties) -> None:
        """End the assignments of the stages that leads have left, and give those of the new ones.

        :param duties: see :meth:`crm.standard.stage.duty._get_duties`
        """
        # an assignment is the process's own, whoever moves the deal and in whatever context
        quiet = self.with_env(self.env(su=True, context={"lang": self.env.lang}))
        quiet = quiet.with_context(tracking_disable=True)
        moved = [t for t in transitions if t.stage_from_id != t.stage_to_id]
        closed = [t.lead_id for t in transitions if t.outcome_to == "lost"]
        quiet._end_stages([t.lead_id for t in moved], closed)
        lost = set(closed)
        moved = [t for t in moved if t.lead_id not in lost]
        if handings := quiet._find_handings(moved, duties):
            quiet._hand_over(handings)

    @api.model
    def _end_stages(self, lead_ids: list[int], lost_ids: list[int]) -> None:
        """End the open stage assignments of leads that have left their stage, or were lost."""
        leads = list({*lead_ids, *lost_ids})
        open_ones = self.search(
            [
                ("lead_id", "in", leads),
                ("duty_id", "!=", False),
                ("state", "in", ["offered", "accepted", "declined", "returned"]),
            ]
        )
        lost = set(lost_ids)
        ended = open_ones.filtered(lambda a: a.lead_id.id not in lost)
        ended.filtered(lambda a: a.user_id == self.env.user and a.state == "offered")._do(
            "accept", party="system"
        )  # whoever does the work has taken it on
        done = ended.filtered(lambda a: a.state in ("accepted", "returned"))
        done._do("finish", party="system")
        (ended - done)._do("cancel", self.env._("The deal went on without it."), "system")
        (open_ones - ended)._do("cancel", self.env._("The deal was lost."), "system")

    @api.model
    def _find_handings(self, transitions: Iterable[Transition], duties) -> list[Handing]:
        """Return which leads go over into other hands."""
        today = self.env.cr.now().date()
        types = {
            lead.id: lead.type
            for lead in self.env["crm.lead"].browse(t.lead_id for t in transitions)
        }
        spoken, handings = {}, []
        for move in transitions:
            subject = Subject(move.company_id, move.team_id, types[move.lead_id] or "opportunity")
            if subject not in spoken:
                spoken[subject] = [
                    duty for scope, duty in duties if is_in_scope(scope, subject, today)
                ]
            before = duty_of(spoken[subject], move.stage_from_id)
            after = duty_of(spoken[subject], move.stage_to_id)
            if after and passes_on(before, after):
                handings.append(Handing(move.lead_id, after.stage_id, after.id))
        return handings

    @api.model
    def _hand_over(self, handings: list[Handing]) -> None:
        """Give an assignment for each, evenly among the people of its role."""
        receivers = self._choose_receivers(handings)
        vals_list = [
            self._prepare_stage_task(handing, receivers[handing])
            for handing in handings
            if receivers.get(handing)
        ]
        if given := self._give(vals_list):
            # whoever gives himself something has taken it on
            given.filtered(lambda a: a.user_id == a.sender_id)._do("accept", party="system")

    @api.model
    def _choose_receivers(self, handings: list[Handing]) -> dict[Handing, int]:
        """Return who gets each deal: of the role's people present the one with the least to do."""
        people: dict[Handing, list[int]] = {}
        known: dict[tuple, list[int]] = {}
        for handing in handings:
            duty = self.env["crm.standard.stage.duty"].browse(handing.duty_id)
            lead = self.env["crm.lead"].browse(handing.lead_id)
            key = (duty.id, lead.team_id.id, lead.user_id.id, lead.company_id.id)
            if key not in known:
                known[key] = duty._find_people(lead).ids
            people[handing] = known[key]
        counts = self._get_open_counts({person for ids in people.values() for person in ids})
        receivers = {}
        for handing, ids in people.items():
            if (receiver := choose(ids, counts)) is not None:
                counts[receiver] = counts.get(receiver, 0) + 1
                receivers[handing] = receiver
        return receivers

    @api.model
    def _prepare_stage_task(self, handing: Handing, receiver_id: int) -> dict:
        """Hook: return the values of an assignment that a stage gives, in the receiver's words."""
        receiver = self.env["res.users"].browse(receiver_id)
        duty = self.env["crm.standard.stage.duty"].browse(handing.duty_id)
        duty = duty.with_context(lang=receiver.lang or self.env.lang)
        lead = self.env["crm.lead"].browse(handing.lead_id)
        # a deal of no company: the receiver's own terms, and he sees the company they belong to
        company = lead.company_id or receiver.company_id
        accept_policy = duty.accept_policy_id or company.standard_accept_policy_id
        sender = self.env.user if self.env.user._is_internal() else lead.user_id
        return {
            "name": duty.name,
            "description": duty.description,
            "lead_id": lead.id,
            "lead_name": lead.name,
            "stage_id": handing.stage_id,
            "duty_id": duty.id,
            "is_takeover": duty.is_takeover,
            "sender_id": sender.id,
            "user_id": receiver.id,
            "team_id": lead.team_id.id,
            "company_id": (lead.company_id or accept_policy.company_id).id,
            "accept_policy_id": accept_policy.id,
            "work_policy_id": duty.work_policy_id.id,
        }
