from __future__ import annotations

from datetime import timedelta

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...logic import handover as logic

ACTIVITY = "mail.mail_activity_data_todo"
ACCEPTANCE = "acceptance"


class CrmStandardHandover(models.Model):
    """The course of a hand-over: offered, answered, ordered, cancelled, offered back."""

    _inherit = "crm.standard.handover"

    def action_offer(self):
        """Ask the receivers to take the work. Until they accept, everything stays where it is."""
        for handover in self:
            handover._offer()

    def _offer(self) -> None:
        self.ensure_one()
        self.lock_for_update()
        self._check_state("draft")
        self._check_may_order()
        if self.reason == "absence":
            self._check_date_until()
        self._plan()
        receivers = self._create_shares()
        self._write_fact(
            {
                "state": "offered",
                "ordered_by_id": self.env.uid,
                "date_offered": self.env.cr.now(),
            }
        )
        self._ask(receivers)
        if self.env.user in receivers:  # whoever takes work himself has agreed to it
            self._accept(self.env.user)

    def _create_shares(self):
        """Write down who is asked to take how much, and return these people."""
        counts = {user: count for user, count in self._count_lines("planned").items() if user}
        if not counts:
            raise UserError(
                self.env._(
                    "There is nothing to hand over, or nobody to take it: choose receivers who"
                    " work here, and look at the preview."
                )
            )
        # sudo: the register is written by its own course
        self.env["crm.standard.handover.share"].sudo()._sealed_create(
            [
                {
                    "handover_id": self.id,
                    "user_id": user.id,
                    "state": "offered",
                    "line_count": count,
                }
                for user, count in counts.items()
            ]
        )
        return self.env["res.users"].browse(user.id for user in counts)

    def _ask(self, receivers) -> None:
        """Give each receiver a task, and start the clock of their answer."""
        # sudo: the giver may not write on other people's lists
        register = self.sudo()
        for user in receivers - self.env.user:
            in_his_words = register.with_context(lang=user.lang)
            in_his_words.activity_schedule(
                ACTIVITY,
                summary=in_his_words.env._(
                    "Accept or decline the work of %(giver)s", giver=register.giver_id.name
                ),
                user_id=user.id,
            )
        policy = self.env.ref("crm_standards.crm_deadline_policy_handover", False)
        if policy:
            register._deadline_start(policy, ACCEPTANCE)

    def action_accept(self):
        """Take one's own part of the work."""
        for handover in self:
            handover._accept(self.env.user)

    def _accept(self, user, reason=None) -> None:
        """Note that a receiver takes his part, and begin to move it."""
        self._answer(user, {"state": "accepted", "reason": reason})
        self._run()

    def _decline(self, reason) -> None:
        """Note that the user does not take his part; it stays with the giver."""
        self.ensure_one()
        share = self._answer(self.env.user, {"state": "declined", "reason": reason})
        # sudo: the register is written by its own course, only about the user's own part
        lines = self.sudo().line_ids.filtered(
            lambda line: line.receiver_id == share.user_id and line.state == "planned"
        )
        lines._sealed_write({"state": "skipped", "note": reason})
        asker = self.sudo().ordered_by_id
        self.sudo().activity_schedule(
            ACTIVITY,
            summary=self.with_context(lang=asker.lang).env._(
                "%(user)s declined: find somebody else. Reason: %(reason)s",
                user=self.env.user.name,
                reason=reason,
            ),
            user_id=asker._deadline_stand_in().id,
        )
        self._settle()

    def _answer(self, user, values):
        """Note the answer of a receiver and return his part.

        :raise UserError: he was not asked, or has answered already
        """
        self.ensure_one()
        self.lock_for_update()
        self._check_state("offered", "accepted")
        share = self._get_share(user, "offered")
        if not share:
            raise UserError(
                self.env._(
                    "%(user)s is not asked to take anything here, or has answered already.",
                    user=user.name,
                )
            )
        share._sealed_write({**values, "date_answered": self.env.cr.now()})
        # sudo: the task of the one who answered, also where a controller answers for him
        self.sudo().activity_ids.filtered(lambda task: task.user_id == user).action_done()
        self._follow_answers()
        return share

    def _follow_answers(self) -> None:
        """Bring the state in line with the answers, and end the clock when all have answered."""
        state = logic.overall(self.sudo().share_ids.mapped("state"))  # sudo: all answers count
        if self.state != state and state != "done":  # done is noted with what was done
            self._write_fact({"state": state})
        if state != "offered":
            self._deadline_open([ACCEPTANCE])._stop()

    def _order_now(self, reason) -> None:
        """Move the work at once, without waiting for the receivers: controllers only."""
        self.ensure_one()
        if not self.env.user.has_group("crm_standards.group_manager"):
            raise AccessError(
                self.env._("Only a controller orders work over without asking the receivers.")
            )
        if self.state == "draft":
            self._offer()
        self._check_state("offered", "accepted")
        self._write_fact({"order_reason": reason})
        waiting = self.sudo().share_ids  # sudo: all receivers are ordered
        for user in waiting.filtered(lambda share: share.state == "offered").user_id:
            self._accept(user, reason)

    def _cancel(self, reason) -> None:
        """Withdraw an offer that nobody has accepted yet."""
        self.ensure_one()
        self.lock_for_update()
        self._check_state("draft", "offered")
        self._check_may_order()
        shares = self.sudo().share_ids  # sudo: all answers count
        if any(share.state in ("accepted", "done") for share in shares):
            raise UserError(
                self.env._("Some have accepted already: wait until it is done, then take it back.")
            )
        self._write_fact({"state": "cancelled"})
        self.sudo().activity_unlink([ACTIVITY])  # sudo: tasks of others, about this offer only
        self._deadline_open([ACCEPTANCE])._cancel(reason)
        self.message_post(body=reason)

    def action_draft(self):
        """Work on a declined or cancelled hand-over again, with other receivers."""
        self._check_state("declined", "cancelled")
        self._check_may_order()
        for handover in self:
            handover.sudo().share_ids._sealed_unlink()  # sudo: nobody took anything
            handover._write_fact({"state": "draft"})
            handover._plan()

    def _settle(self) -> None:
        """Note what is done: parts with nothing left to move, and the hand-over as a whole."""
        for handover in self:
            shares = handover.sudo().share_ids  # sudo: all answers count
            accepted = shares.filtered(lambda share: share.state == "accepted")
            left = handover._count_lines("planned")
            accepted.filtered(lambda s, left=left: s.user_id not in left)._sealed_write(
                {"state": "done"}
            )
            if logic.overall(shares.mapped("state")) == "done" and handover.state != "done":
                handover._finish()
            else:
                handover._follow_answers()

    def _finish(self) -> None:
        """Close the books: one note for all that was moved, and until when it can be undone."""
        start = max(filter(None, (self.date_until, fields.Date.today())))
        self._write_fact(
            {
                "state": "done",
                "date_done": self.env.cr.now(),
                "date_take_back": start + timedelta(days=self.take_back_days),
            }
        )
        self._deadline_open([ACCEPTANCE])._stop()
        self._tell_result(self.env._("Handed over."))

    def _tell_result(self, headline) -> None:
        """Post the one note of a hand-over: how many records went to whom, and what did not."""
        lines = [headline]
        for state, label in (
            self.env["crm.standard.handover.line"]._fields["state"]._description_selection(self.env)
        ):
            if state != "skipped":
                for user, count in self._count_lines(state).items():
                    lines.append(f"{label}: {count} ({user.name or '-'})")
        # sudo: the note belongs to the register, whoever moved the work
        self.sudo().message_post(
            body=Markup("<br/>").join(lines), author_id=self.env.user.partner_id.id
        )

    def _count_lines(self, state) -> dict:
        """Return how many lines are in a state, by receiver."""
        # sudo: the register is read whole
        lines = self.env["crm.standard.handover.line"].sudo()
        domain = [("handover_id", "in", self.ids), ("state", "=", state)]
        return dict(lines._read_group(domain, ["receiver_id"], ["__count"]))

    def _get_deed_title(self, deed) -> str:
        """Return what is about to be done, as the dialog calls it that asks why."""
        name = self.giver_id.name
        match deed:
            case "decline":
                return self.env._("Why do you decline the work of %(giver)s?", giver=name)
            case "order":
                return self.env._("Why is the work of %(giver)s moved at once?", giver=name)
            case _:
                return self.env._("Why is the hand-over of %(giver)s cancelled?", giver=name)

    def _open_reason(self, deed):
        """Ask for the reason of a deed that needs one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self._get_deed_title(deed),
            "res_model": "crm.standard.handover.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_handover_id": self.id, "default_deed": deed},
        }

    def action_decline(self):
        """Ask why, then decline."""
        return self._open_reason("decline")

    def action_order(self):
        """Ask why, then move at once."""
        return self._open_reason("order")

    def action_cancel(self):
        """Ask why, then cancel."""
        return self._open_reason("cancel")

    def action_view_problems(self):
        """Open the records that did not pass, with the reason on each."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_handover_line_action"
        )
        action["domain"] = [("handover_id", "=", self.id), ("state", "in", ["failed", "kept"])]
        return action
