from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..safety.crm_standard_safety_mixin import handing_over

BATCH = 500
#: More than this is left to the job, so that nobody waits at the screen.
AT_ONCE = 1000


class CrmStandardHandover(models.Model):
    """How the work moves: in batches, at most once each, and one bad record stops no other."""

    _inherit = "crm.standard.handover"

    def _run(self) -> None:
        """Move what was accepted; what is too much for one click is left to the job."""
        moved = 0
        while moved < AT_ONCE and (count := self._move_batch()):
            moved += count
        self._settle()
        shares = self.sudo().share_ids  # sudo: all answers count
        if self._count_lines("planned") and "accepted" in shares.mapped("state"):
            # sudo: anybody's acceptance may wake the job
            self.env.ref("crm_standards.crm_standard_handover_cron_move").sudo()._trigger()

    @api.model
    def _cron_move(self) -> None:
        """Move what was accepted and not moved at once; two at a time share the work."""
        commit = self.env["ir.cron"]._commit_progress
        accepted = self.env["crm.standard.handover.share"].search([("state", "=", "accepted")])
        handovers = accepted.handover_id
        commit(remaining=sum(handovers._count_accepted()))
        while count := handovers._move_batch():
            if not commit(count):
                return
        for handover in handovers:
            handover._settle()
            commit()
        commit(remaining=0)

    def _count_accepted(self) -> list[int]:
        """Return for each accepted part how many lines wait for their move."""
        shares = self.share_ids.filtered(lambda share: share.state == "accepted")
        lines = self.env["crm.standard.handover.line"]
        return [
            lines.search_count(
                [
                    ("handover_id", "=", share.handover_id.id),
                    ("receiver_id", "=", share.user_id.id),
                    ("state", "=", "planned"),
                ]
            )
            for share in shares
        ]

    def _move_batch(self) -> int:
        """Move a batch of accepted lines that nobody else has claimed; return how many."""
        lines = self._claim_lines()
        for (handover, _model, receiver), some in lines.grouped(
            lambda line: (line.handover_id, line.res_model, line.receiver_id)
        ).items():
            with handing_over(handover.id):
                some._carry(handover.giver_id, receiver, "moved")
        return len(lines)

    def _claim_lines(self):
        """Lock and return lines to move, in their order: what others are anchored to first."""
        if not self:
            return self.env["crm.standard.handover.line"]
        self.env["crm.standard.handover.line"].flush_model()
        self.env["crm.standard.handover.share"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM crm_standard_handover_line AS line
                  JOIN crm_standard_handover_share AS share
                    ON share.handover_id = line.handover_id AND share.user_id = line.receiver_id
                 WHERE line.state = 'planned' AND share.state = 'accepted'
                   AND line.handover_id IN %s
              ORDER BY line.id
                 LIMIT %s
            FOR UPDATE OF line SKIP LOCKED
                """,
                self._ids,
                BATCH,
            )
        )
        # sudo: the receiver moves what he accepts without a right on the register
        return self.env["crm.standard.handover.line"].sudo().browse(row[0] for row in rows)

    # ---- the way back ----------------------------------------------------------------------

    def action_take_back(self):
        """Give back to the giver what is still in the receivers' hands."""
        for handover in self:
            handover._take_back()

    def _take_back(self) -> None:
        self.ensure_one()
        self.lock_for_update()
        self._check_state("done")
        self._check_may_take_back()
        if self.date_take_back < fields.Date.today():
            raise UserError(
                self.env._(
                    "This could be taken back until %(date)s. Hand the work over anew instead.",
                    date=self.date_take_back,
                )
            )
        # sudo: the receiver's records go back without anybody's right on them, see the check
        register = self.sudo()
        giver = register.giver_id
        if not giver.active:
            raise UserError(
                self.env._("%(giver)s has left: hand the work to somebody else.", giver=giver.name)
            )
        moved = register.line_ids.filtered(lambda line: line.state == "moved").sorted("id")
        with handing_over(self.id):
            for (_model, receiver), lines in moved.grouped(
                lambda line: (line.res_model, line.receiver_id)
            ).items():
                for start in range(0, len(lines), BATCH):
                    lines[start : start + BATCH]._carry(receiver, giver, "returned")
        self._write_fact({"state": "returned"})
        register.activity_unlink(["mail.mail_activity_data_todo"])
        self._tell_result(self.env._("Taken back."))

    def _check_may_take_back(self) -> None:
        """Refuse a leader what somebody else has handed over, which may be more than his.

        What a controller has ordered without asking, nobody undoes but a controller.
        """
        if self.order_reason and not self._is_controller():
            raise AccessError(
                self.env._(
                    "A controller has ordered this: only a controller takes it back. Reason of the"
                    " order: %(reason)s",
                    reason=self.order_reason,
                )
            )
        if not self._may_take_back():
            raise AccessError(
                self.env._(
                    "Work is taken back by the person, by whoever handed it over, or by a"
                    " controller."
                )
            )
