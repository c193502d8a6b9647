from collections.abc import Mapping

from odoo import fields, models


class CrmDeadlineMixin(models.AbstractModel):
    """Deadlines on a model's records: ``_inherit = ["my.model", "crm.deadline.mixin"]``.

    The clocks live and die with their record. The model decides by its own rules when one
    starts, pauses and stops; the clocks only keep the time.
    """

    _name = "crm.deadline.mixin"
    _description = "Deadline Mixin"

    deadline_clock_ids = fields.One2many(
        "crm.deadline.clock",
        "res_id",
        "Deadlines",
        readonly=True,
        copy=False,
        bypass_search_access=True,
        groups="base.group_user",
        help="The deadlines of this record, open and ended.",
    )

    def unlink(self):
        # sudo: the clocks go with their record, whoever may delete it
        clocks = self.env["crm.deadline.clock"].sudo().search(self._deadline_domain())
        result = super().unlink()
        clocks._sealed_unlink()
        return result

    def _deadline_domain(self):
        """Return the domain of the clocks of these records."""
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    def _deadline_start(self, policy, kind, date=None, reason=None):
        """Start a clock of ``kind`` by ``policy`` on each record and return the clocks.

        ``date`` is a naive UTC datetime, or a mapping of record ids to such; now by default.
        """
        dates = date if isinstance(date, Mapping) else dict.fromkeys(self.ids, date)
        return self.env["crm.deadline.clock"]._start(
            [
                {
                    "res_model": record._name,
                    "res_id": record.id,
                    "kind": kind,
                    "policy_id": policy.id,
                    "user_id": record._deadline_get_user().id,
                    "date_start": dates.get(record.id),
                    "reason": reason,
                }
                for record in self
            ]
        )

    def _deadline_open(self, kinds=None):
        """Return the open clocks of these records in sudo, of the given kinds (default: all).

        For the processes that move clocks; what a user sees is ``deadline_clock_ids``.
        """
        domain = [*self._deadline_domain(), ("date_end", "=", False)]
        if kinds is not None:
            domain.append(("kind", "in", list(kinds)))
        # sudo: a process that ends a deadline ends it for all, also where the person at the
        # screen has not ticked the deadline's company
        return self.env["crm.deadline.clock"].sudo().search(domain)

    def _deadline_reconcile(self, clocks):
        """Hook: bring the running ``clocks`` of the records ``self`` up to date.

        Called by the sweep before it notes a miss or takes a step of the ladder, as the system's
        user, with the clocks concerned. A process that moves
        its clocks with a delay stops or pauses here those whose work was done in time, with the
        date when it was. If it raises, its work is undone, the error is kept on the clock, which
        is not missed yet, and the next sweep asks again.
        """

    def _deadline_missed(self, clocks):
        """Hook: the deadlines ``clocks`` of the records ``self`` were missed.

        Called once for each clock, by the sweep, as the system's user, in the clocks' company.
        All clocks are of this model. If it raises, its work is undone, the error is kept on the
        clock and the next sweep calls it again.
        """

    def _deadline_moved(self, clocks):
        """Hook: the due times of ``clocks`` of the records ``self`` were counted anew.

        Called after another version or policy was applied to them, for records that keep a copy
        of the due time. If it raises, its work is undone and the error is kept on the clock.
        """

    def _deadline_get_shut_out(self, users):
        """Hook: return which of ``users`` must not be told of each record, by its id.

        Whoever is named here is left out by every step of the ladder, whether it tells the
        responsible person, his leader or superior, a group, a person chosen or who stands in.

        :return: mapping of record ids to ``res.users``; records nobody is shut out of may miss
        """
        return {}

    def _deadline_get_user(self):
        """Hook: return the person responsible for this record's deadlines (may be empty)."""
        self.ensure_one()
        return self.user_id if "user_id" in self._fields else self.env["res.users"]

    def _deadline_get_leaders(self):
        """Hook: return the leader of each record's team, by the id of the record.

        The ladder tells him when a step says so. Records without one are left out.

        :return: mapping of record ids to ``res.users``
        """
        return self.env["crm.deadline.clock"]._get_team_leaders(self)
