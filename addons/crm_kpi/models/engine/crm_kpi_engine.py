import logging
from datetime import timedelta

import psycopg2

from odoo import api, models
from odoo.tools import SQL

_logger = logging.getLogger(__name__)

#: Of whom the employee's own team and company are watched.
PEOPLE, PEOPLE_PATHS = "res.users", ["sale_team_id", "company_id"]


class CrmKpiEngine(models.AbstractModel):
    """Keeps facts true: looks what has changed, and counts those days anew.

    All of it runs with all rights, since figures do not depend on who starts the job; what people
    see of them is a matter of the rules of ``crm.kpi.fact``.
    """

    _name = "crm.kpi.engine"
    _description = "KPI Engine"

    @api.model
    def _cron_refresh(self):
        """Count what has changed since the last run, one model after the other."""
        self._refresh_all(is_full=False)

    @api.model
    def _cron_audit(self):
        """Look over all documents and count all days anew: nothing may be missed for long.

        What no ``write_date`` tells is found here: deleted documents, conditions over linked
        ones, changed rates of currencies.
        """
        self._refresh_all(is_full=True)

    @api.model
    def _refresh_all(self, is_full):
        engine = self.sudo()  # figures do not depend on who starts the job
        groups = engine._get_measures().grouped("model_name")
        self.env["ir.cron"]._commit_progress(remaining=len(groups))
        engine._watch_people()
        engine._note_presence(is_full)
        for measures in groups.values():
            engine._try_refresh(measures, is_full)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _try_refresh(self, measures, is_full):
        """Count measures of one model; what breaks there is named and stops no other model."""
        try:
            with self.env.cr.savepoint():
                self._refresh(measures, is_full)
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # whatever is wrong with a model
            _logger.warning("%s cannot be counted: %s", measures[0].model_name, error)
            for measure in measures:
                measure._note_broken(
                    self.env._("Its document cannot be counted: %(error)s", error=error)
                )

    @api.model
    def _get_measures(self):
        return self.env["crm.kpi.measure"].search([("active", "=", True)])

    @api.model
    def _watch_people(self):
        """Note who changed team or company, before anything is counted by them."""
        source = self.env["crm.kpi.source"]._ensure(PEOPLE, [], PEOPLE_PATHS)
        self._look(source, is_full=True)

    @api.model
    def _refresh(self, measures, is_full=False):
        """Count measures of one model: those that are new wholly, others on changed days.

        :param is_full: look over all documents, and count all days
        """
        sound = measures._sort_out(is_full)
        if not sound:
            return
        source = self.env["crm.kpi.source"]._ensure(
            sound[0].model_name,
            sound.mapped("date_field"),
            sound.mapped(lambda measure: measure.actor_path or ""),
        )
        if not self._claim(source):
            return
        self._spare_compiling()
        looked = source.date_looked
        self._look(source, is_full or not looked)
        days = sorted({*self._take_dirty(source), *self._get_passed_days(sound, looked)})
        fresh = sound if is_full else sound.filtered(lambda measure: measure.state == "waiting")
        self._count(fresh, None)
        if days:
            self._count(sound - fresh, days)

    @api.model
    def _claim(self, source):
        """Take a source for this transaction, unless another one works on it."""
        return self.env.execute_query(
            SQL(
                "SELECT id FROM crm_kpi_source WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED",
                source.id,
            )
        )

    @api.model
    def _spare_compiling(self):
        """Let PostgreSQL run the wide statements of this transaction without compiling them.

        It guesses their rows far too high, and would compile for seconds what runs in a tenth.
        """
        self.env.execute_query(SQL("SELECT set_config('jit', 'off', TRUE)"))

    @api.model
    def _take_dirty(self, source):
        """Return the days to count anew, in order, and strike them off the list."""
        rows = self.env.execute_query(
            SQL("DELETE FROM crm_kpi_dirty WHERE source_id = %s RETURNING date", source.id)
        )
        self.env["crm.kpi.dirty"].invalidate_model()
        return sorted(day for (day,) in rows)

    @api.model
    def _get_passed_days(self, measures, looked):
        """Return days on which time alone has made something late since the last look.

        It is asked once an hour: more often would count without end for nothing.
        """
        now = self._get_now()
        if not looked or looked >= now.replace(minute=0, second=0, microsecond=0):
            return []
        if not any(measures.mapped("late_field")):
            return []
        # a day earlier and later: days are those of time zones
        first, last = looked.date() - timedelta(days=1), now.date() + timedelta(days=1)
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]

    @api.model
    def _rebuild(self, measures):
        """Count measures wholly, and return how many rows had to be added to be right."""
        engine = self.sudo()  # as the job does
        engine._watch_people()
        before = self.env["crm.kpi.fact"].sudo().search_count([])  # sudo: as the job does
        for group in measures.sudo().grouped("model_name").values():  # sudo: as the job does
            engine._refresh(group, is_full=True)
        return self.env["crm.kpi.fact"].sudo().search_count([]) - before  # sudo: as above

    @api.model
    def _get_now(self):
        """Return the clock of the transaction, by which records are stamped as well."""
        return self.env.cr.now()
