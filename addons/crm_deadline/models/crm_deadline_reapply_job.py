import logging

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

#: How many deadlines are counted anew between two commits.
BATCH = 1000


class CrmDeadlineReapplyJob(models.Model):
    """An order to count all open deadlines of a policy by its current version.

    For policies with more deadlines than anybody would go through. A scheduled action works it
    off in batches, in the name and with the rights of whoever gave it, and goes on after an
    interruption where it stopped. What it did is on record for good.
    """

    _name = "crm.deadline.reapply.job"
    _inherit = ["crm.deadline.sealed"]
    _description = "Policy Applied to All Open Deadlines"
    _order = "id desc"

    policy_id = fields.Many2one(
        "crm.deadline.policy", required=True, index=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "Ordered by", readonly=True, required=True)
    date = fields.Datetime("Ordered on", readonly=True, required=True)
    reason = fields.Char(readonly=True)
    has_late = fields.Boolean(
        "Late Ones Too", readonly=True, help="Also those that would be late at once."
    )
    last_clock_id = fields.Integer(readonly=True, export_string_translation=False)
    done_count = fields.Integer("Counted Anew", readonly=True)
    late_count = fields.Integer(
        "Left As They Were", readonly=True, help="They would have been late at once."
    )
    failed_count = fields.Integer(
        "Not Possible", readonly=True, help="The log of the server says why."
    )
    date_end = fields.Datetime("Done on", readonly=True)

    _open = models.Index("(id) WHERE date_end IS NULL")

    @api.model
    def _order_for(self, policy, reason=None, has_late=False):
        """Order the work for ``policy`` in the name of the current user; start it soon."""
        # sudo: the log is written by the system only; the wizard has checked the right
        job = self.sudo()._sealed_create(
            [
                {
                    "policy_id": policy.id,
                    "user_id": self.env.uid,
                    "date": fields.Datetime.now(),
                    "reason": reason,
                    "has_late": has_late,
                }
            ]
        )
        # sudo: starting a scheduled action early is no right of its own
        self.env.ref("crm_deadline.ir_cron_reapply").sudo()._trigger()
        return job

    @api.model
    def _cron_apply(self):
        """Work the orders off, the oldest first."""
        commit = self.env["ir.cron"]._commit_progress
        jobs = self.search([("date_end", "=", False)], order="id")
        commit(remaining=len(jobs))
        for job in jobs:
            while job._apply_batch():
                if not commit():
                    return
            if not commit(1):
                return

    def _apply_batch(self):
        """Count the next batch anew; return whether there may be more."""
        self.ensure_one()
        domain = self.policy_id._old_clock_domain() & fields.Domain("id", ">", self.last_clock_id)
        mine = self.env["crm.deadline.clock"].with_user(self.user_id)
        clocks = mine.search(domain, limit=BATCH, order="id")
        if not clocks:
            self._sealed_write({"date_end": fields.Datetime.now()})
            return False
        done, late, failed = self._apply(clocks)
        self._sealed_write(
            {
                "last_clock_id": clocks[-1].id,
                "done_count": self.done_count + done,
                "late_count": self.late_count + late,
                "failed_count": self.failed_count + failed,
            }
        )
        return True

    def _apply(self, clocks):
        """Count these clocks anew, one by one where the batch fails.

        :return: how many were counted, would have been late at once, failed
        """
        try:
            with self.env.cr.savepoint():
                found = clocks._preview_reapply()
                late = sum(is_late and not self.has_late for _c, _due, is_late, _p in found)
                failed = sum(bool(problem) for _c, _due, _is_late, problem in found)
                chosen = clocks.browse(
                    clock.id
                    for clock, _due, is_late, problem in found
                    if not problem and (self.has_late or not is_late)
                )
                chosen._reapply(self.reason)
        except Exception as error:  # whatever one raises must not hold up the others
            if len(clocks) == 1:
                _logger.exception("deadline %s cannot be counted anew", clocks.id, exc_info=error)
                return 0, 0, 1
            counts = [self._apply(clock) for clock in clocks]
            return tuple(map(sum, zip(*counts, strict=True)))
        return len(chosen), late, failed
