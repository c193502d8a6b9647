import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..logic import ladder as logic
from .deadline_text import format_moment
from .schedules import Schedules

_logger = logging.getLogger(__name__)

#: When a clock is looked at again whose ladder could not be read.
LOOK_AGAIN = timedelta(hours=1)


class CrmDeadlineClock(models.Model):
    """The ladder of open clocks: which steps are due, and for whom.

    ``date_next_step`` says when a clock is to be looked at, so that the sweep finds those due by a
    partial index. A look inserts a notice for each due step and person and sets the next date;
    ``crm_deadline_notice_delivery.py`` then does what the notices say.
    """

    _inherit = "crm.deadline.clock"

    ladder_to_come = fields.Text(
        "Steps to Come",
        compute="_compute_ladder_to_come",
        help="What happens, and when, if nothing is done until then.",
    )

    @api.depends("state", "date_due", "date_next_step", "notice_ids")
    @api.depends_context("lang", "tz", "uid")
    def _compute_ladder_to_come(self):
        # sudo: the ladder is that of the policy, whoever may see the deadline
        coming = self.sudo().filtered(lambda clock: clock._is_climbing())
        taken, schedules = coming._get_taken_steps(), Schedules()
        self.ladder_to_come = False
        for clock in coming:
            steps = clock.policy_id.step_ids
            dates = clock._get_step_dates(steps._get_logic(), schedules)
            left = steps.filtered(lambda step, clock=clock: step.id not in taken.get(clock.id, ()))
            lines = [
                self.env._("%(moment)s: %(step)s", moment=format_moment(self.env, date), step=name)
                for date, name in sorted(
                    (dates[step.id], step.display)
                    for step in left
                    if dates[step.id] and dates[step.id] >= step.date_from
                )
            ]
            clock.sudo(self.env.su).ladder_to_come = "\n".join(lines)

    def _is_climbing(self):
        """Return whether steps of the ladder may come: open, and not paused."""
        self.ensure_one()
        return self.state in ("running", "missed") and not self.date_end

    def _plan_ladder(self):
        """Set when the ladder of open clocks is looked at next, because due times have moved."""
        for clock, found in self.filtered(lambda clock: clock._is_climbing())._look():
            dates = [date for date, _step in found.due]
            dates += [found.next] if found.next else []
            clock._sealed_write({"date_next_step": min(dates, default=False)})

    def _look(self, *, is_missed=False):
        """Return pairs of a clock and what a look at its ladder finds now.

        :param is_missed: look as if all had been noted as missed
        """
        schedules, taken, found = Schedules(), self._get_taken_steps(), []
        now = fields.Datetime.now()
        for policy, clocks in self.grouped("policy_id").items():
            steps = policy.step_ids._get_logic()
            for clock in clocks:
                is_late = is_missed or clock.state == "missed"
                dates = clock._get_step_dates(steps, schedules)
                seen = logic.look(steps, dates, taken.get(clock.id, ()), now, is_missed=is_late)
                found.append((clock, seen))
        return found

    def _look_ahead(self):
        """Return what is due of the ladders of clocks about to be noted as missed.

        Nothing where that fails: the ladder's own turn finds out which clock is to blame.
        """
        try:
            return dict(self._look(is_missed=True))
        except Exception as error:  # a calendar of another add-on
            _logger.info("ladders are looked at one by one: %s", error)
            return {}

    def _note_ahead(self, looks):
        """Insert the notices of ``_look_ahead``; where that fails, leave them to the ladder."""
        try:
            with self.env.cr.savepoint():
                self._note(looks)
        except Exception as error:  # a hook of another add-on
            _logger.info("ladders are looked at one by one: %s", error)
            self._set_next_steps(dict.fromkeys(self.ids, fields.Datetime.now()))

    def _get_step_dates(self, steps, schedules):
        """Return the moments of the steps for this clock, by the ids of the steps."""
        self.ensure_one()
        return self.policy_id._step_dates(
            steps, self.date_start, self.date_due, self.calendar_id, self.company_id, schedules
        )

    def _get_taken_steps(self):
        """Return the ids of the steps taken already, by the id of the clock."""
        rows = self.env.execute_query(
            SQL(
                "SELECT clock_id, array_agg(DISTINCT step_id) FROM crm_deadline_notice "
                "WHERE clock_id = ANY(%s) GROUP BY clock_id",
                self.ids,
            )
        )
        return {clock_id: frozenset(step_ids) for clock_id, step_ids in rows}

    # The sweep

    @api.model
    def _claim_ladder(self, last):
        """Lock and return a batch of clocks whose ladder is to be looked at, after ``last``."""
        return self._claim(
            SQL(
                "date_next_step <= %s AND (date_next_step, id) > (%s, %s)",
                fields.Datetime.now(),
                *last,
            ),
            SQL("date_next_step, id"),
        )

    def _climb(self):
        """Note the due steps of claimed clocks; one by one where that fails.

        A clock that was done in the meantime takes none: its process is asked first.
        """
        running = self.filtered(lambda clock: clock.state == "running")
        clocks = self - running._tell("_deadline_reconcile")
        clocks = clocks.filtered(lambda clock: clock._is_climbing())
        if clocks._try_to_look():
            for clock in clocks:
                if error := clock._try_to_look():
                    clock._keep_error(error, "ladder_error")
                    clock._sealed_write({"date_next_step": fields.Datetime.now() + LOOK_AGAIN})

    def _try_to_look(self):
        """Note the due steps, or undo it all and return what was raised."""
        try:
            with self.env.cr.savepoint():
                self._note_due_steps()
        except Exception as error:  # a calendar or hook of another add-on; kept on the clock
            return error
        return None

    def _note_due_steps(self):
        """Insert the notices of the due steps and set when to look again."""
        looks = dict(self._look())
        self._note(looks)
        self._set_next_steps({clock.id: found.next for clock, found in looks.items()})
        self.filtered("ladder_error")._sealed_write({"ladder_error": False})

    @api.model
    def _note(self, looks):
        """Insert a notice for each due step and person, with nobody where nobody is found."""
        steps = self.env["crm.deadline.step"]
        due = {
            clock: steps.browse(step_id for _date, step_id in found.due)
            for clock, found in looks.items()
            if found.due
        }
        if not due:
            return
        people = self.concat(*due)._find_people(
            {clock.id: clock_steps for clock, clock_steps in due.items()}
        )
        self.env["crm.deadline.notice"]._note(
            [
                (clock.id, step_id, person, date)
                for clock in due
                for date, step_id in looks[clock].due
                for person in people.get((clock.id, step_id)) or [None]
            ]
        )

    @api.model
    def _set_next_steps(self, dates):
        """Write the next dates of many clocks in one statement."""
        self.flush_model(["date_next_step"])
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_deadline_clock AS clock SET date_next_step = new.date
                  FROM unnest(%s::int[], %s::timestamp[]) AS new(id, date)
                 WHERE clock.id = new.id
             RETURNING clock.id
                """,
                list(dates),
                list(dates.values()),
            )
        )
        self.browse(dates).invalidate_recordset(["date_next_step"])
