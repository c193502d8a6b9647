"""The clocks of the limits: drawn from the contacts and the leads, for all leads at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..common.isolation import attempt, attempt_each, look

KIND_PREFIX = "crm_standards.contact."
BATCH = 1000


class CrmStandardContactLimit(models.Model):
    """Starting, stopping and giving up the clocks.

    A contact stops clocks at once, in the transaction it is noted in; the job starts them, and
    before one counts as missed the kernel asks here whether the answer has come in time.
    """

    _inherit = "crm.standard.contact.limit"

    def _get_kind(self) -> str:
        """Return the kind of clock this limit runs by."""
        self.ensure_one()
        return f"{KIND_PREFIX}{self.id}"

    @api.model
    def _get_in_force(self):
        """Return the limits in force today, as the system sees them."""
        today = self.env.cr.now().date()
        return self._search_law().filtered(
            lambda limit: limit._is_law_on(today) and not limit.problem
        )

    # ---- the job --------------------------------------------------------------------------

    @api.model
    def _cron_follow(self) -> None:
        """Start the clocks of leads that have come, stop those of leads that were contacted.

        Works in batches; a run that was interrupted is taken up by the next. What fails is logged
        and stops nothing else.
        """
        commit = self.env["ir.cron"]._commit_progress
        limits = self._get_in_force()
        commit(remaining=len(limits))
        attempt(self.env, "cancelling clocks", partial(self._cancel_abandoned, limits))
        for limit in limits:
            limit._follow(commit)
            if not commit(1):
                return

    def _follow(self, commit) -> None:
        """Bring the clocks of one limit up to date, as far as there is time."""
        self.ensure_one()
        what = f"limit of contacts {self.id}"
        for find, settle in (
            (self._find_contacted, self._stop),
            (self._find_left, self._give_up),
            (self._find_new, self._start),
            (self._find_contacted, self._stop),
        ):
            failed: list[int] = []
            while found := look(self.env, what, partial(find, skip=failed)):
                ids = list(found) if isinstance(found, dict) else found.ids
                bad = attempt_each(self.env, what, ids, partial(self._settle_some, settle, found))
                failed += bad
                if not commit() or len(bad) == len(ids):
                    return

    @api.model
    def _settle_some(self, settle, found, ids: list[int]) -> None:
        """Do to some of what was found (dates by id, or clocks) what is done to all of it."""
        if isinstance(found, dict):
            settle({id_: found[id_] for id_ in ids})
        else:
            settle(found.browse(ids))

    @api.model
    def _follow_contacts(self, lead_ids: Iterable[int]) -> None:
        """Stop the clocks of leads that were just contacted."""
        open_clocks = self.env["crm.lead"].browse(lead_ids)._deadline_open()
        self._reconcile(open_clocks)

    @api.model
    def _reconcile(self, clocks) -> None:
        """Stop those of the clocks whose lead was contacted, give up those of leads closed."""
        clocks = clocks.filtered(lambda clock: clock.kind.startswith(KIND_PREFIX))
        if not clocks:
            return
        by_kind = clocks.grouped("kind")
        for limit in self._get_in_force():
            if own := by_kind.get(limit._get_kind()):
                limit._stop(limit._find_contacted(own))
                left = limit._find_left(own.filtered(lambda clock: not clock.date_end))
                limit._give_up(left)

    # ---- what to do -----------------------------------------------------------------------

    def _start(self, dates: dict[int, datetime]) -> None:
        """Start a clock on each lead from its moment."""
        leads = self.env["crm.lead"].sudo().browse(dates)  # the job is everybody's
        leads._deadline_start(self.policy_id, self._get_kind(), date=dates)

    def _stop(self, dates: dict[int, datetime]) -> None:
        """Stop clocks as of the contact each was waiting for."""
        self.env["crm.deadline.clock"].sudo().browse(dates)._stop(dates)  # as in _start

    def _give_up(self, clocks) -> None:
        """Cancel the clocks of leads the limit speaks of no more, as of when they moved last."""
        moved = self.env["crm.standard.time.limit"]._get_dates(clocks.mapped("res_id"))
        now = fields.Datetime.now()
        dates = {
            clock.id: moved[clock.res_id]
            for clock in clocks
            if clock.date_last <= moved.get(clock.res_id, clock.date_last) <= now
            and clock.res_id in moved
        }
        reason = self.env._("The opportunity was closed, or the limit is not its any more.")
        clocks._cancel(reason, dates)

    @api.model
    def _cancel_abandoned(self, limits) -> None:
        """Cancel the clocks of limits that are in force no more."""
        clocks = self.env["crm.deadline.clock"].sudo()  # as in _start
        clocks.search(
            [
                ("res_model", "=", "crm.lead"),
                ("kind", "=like", f"{KIND_PREFIX}%"),
                ("kind", "not in", [limit._get_kind() for limit in limits]),
                ("date_end", "=", False),
            ]
        )._cancel(self.env._("The limit is in force no more."))

    # ---- what to work on ------------------------------------------------------------------

    def _find_new(self, skip: Collection[int] = ()) -> dict[int, datetime]:
        """Return a batch of leads without a clock by this limit, and since when it runs.

        A first answer is asked for once; the other clocks begin anew.

        :param skip: ids of leads to leave out
        """
        self.ensure_one()
        begin = self.standard_id.date_in_force or fields.Datetime.now()
        has_clock = Domain("kind", "=", self._get_kind())
        domain = self._get_domain() & Domain("id", "not in", skip)
        if self.kind == "response":
            # what came before the norm was in force is not held against anybody
            domain &= Domain("create_date", ">=", begin)
        else:
            has_clock &= Domain("date_end", "=", False)
        leads = self.env["crm.lead"].sudo()  # the job is everybody's
        leads = leads.search(domain & ~Domain("deadline_clock_ids", "any", has_clock), limit=BATCH)
        last = self._get_last_contacts(leads.ids) if self.kind == "silence" else {}
        return {lead.id: max(last.get(lead.id, begin), lead.create_date, begin) for lead in leads}

    def _find_left(self, among=None, skip: Collection[int] = ()):
        """Return a batch of open clocks whose lead this limit speaks of no more.

        :param skip: ids of clocks to leave out
        """
        self.ensure_one()
        clocks = self.env["crm.deadline.clock"].sudo()  # the job is everybody's
        staying = self.env["crm.lead"].sudo()._search(self._get_domain())  # likewise
        domain = (
            Domain("res_model", "=", "crm.lead")
            & Domain("kind", "=", self._get_kind())
            & Domain("date_end", "=", False)
            & Domain("res_id", "not in", staying)
            & Domain("id", "not in", skip)
        )
        if among is not None:
            return clocks.search(domain & Domain("id", "in", among.ids))
        return clocks.search(domain, limit=BATCH)

    def _find_contacted(self, among=None, skip: Collection[int] = ()) -> dict[int, datetime]:
        """Return a batch of open clocks whose lead was contacted since, and when first.

        :param skip: ids of clocks to leave out
        """
        self.ensure_one()
        if self.kind == "age":
            return {}
        self.env["crm.deadline.clock"].flush_model()
        # an answer may come in the very second; the last contact, at which a silence begins, not
        ours = SQL("contact.date > clock.date_start")
        if self.kind == "response":
            ours = SQL("contact.date >= clock.date_start AND contact.direction = 'out'")
        chosen = SQL() if among is None else SQL("AND clock.id = ANY(%s)", among.ids)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT clock.id, GREATEST(first.date, clock.date_last)
                  FROM crm_deadline_clock AS clock
          CROSS JOIN LATERAL (SELECT contact.date FROM crm_standard_contact AS contact
                               WHERE contact.lead_id = clock.res_id
                                 AND %(ours)s
                            ORDER BY contact.date LIMIT 1) AS first
                 WHERE clock.res_model = 'crm.lead' AND clock.kind = %(kind)s
                   AND clock.date_end IS NULL AND first.date <= %(now)s %(chosen)s
                   AND clock.id != ALL(%(skip)s)
                 LIMIT %(limit)s
                """,
                ours=ours,
                kind=self._get_kind(),
                now=fields.Datetime.now(),
                chosen=chosen,
                skip=list(skip),
                limit=BATCH,
            )
        )
        return dict(rows)

    @api.model
    def _get_last_contacts(self, lead_ids: list[int]) -> dict[int, datetime]:
        """Return when each of these leads was contacted last."""
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT lead_id, max(date) FROM crm_standard_contact
                        WHERE lead_id = ANY(%s) AND date <= %s GROUP BY lead_id""",
                    lead_ids,
                    fields.Datetime.now(),
                )
            )
        )

    @api.model
    def _register_late(self, clocks) -> None:
        """Enter missed limits in the register of norms not kept."""
        limits = {limit._get_kind(): limit for limit in self._get_in_force()}
        self.env["crm.standard.norm.breach"]._enter(
            [
                {
                    "kind": limit.kind,
                    "name": limit.name,
                    "requirement": limit.policy_id.display,
                    "standard_id": limit.standard_id.id,
                    "limit_id": limit.id,
                    "lead_id": clock.res_id,
                    "user_id": clock.user_id.id,
                }
                for clock in clocks
                if (limit := limits.get(clock.kind)) and limit.strength != "advise"
            ]
        )
