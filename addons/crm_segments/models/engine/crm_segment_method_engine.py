import logging

from psycopg2 import Error as DatabaseError
from psycopg2.errors import SerializationFailure

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..method.crm_segment_method import DOMAIN

_logger = logging.getLogger(__name__)


class CrmSegmentMethod(models.Model):
    """Puts customers into classes: when, in which order, and what becomes of a failure."""

    _inherit = "crm.segment.method"

    def action_start(self):
        """Take methods into use: compute them now, and each night."""
        self.check_access("write")
        self._refresh()
        return True

    def action_compute(self):
        """Compute methods now."""
        return self.action_start()

    @api.model
    def _cron_refresh(self):
        """Compute what is in use; one that breaks stops no other, and says so by name."""
        methods = self.search([("state", "in", ("running", "broken"))])
        # conditions ask for the classes of others: these first
        methods = methods.sorted(lambda method: method.kind == DOMAIN)
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(methods))
        for method in methods:
            method._refresh_safely()
            if not cron._commit_progress(1):
                break

    def _refresh_safely(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._refresh()
        except (UserError, DatabaseError, ValueError) as error:
            if isinstance(error, SerializationFailure):
                _logger.info("Segmentation method %s is being computed by somebody else", self.id)
                return
            _logger.warning("Segmentation method %s: %s", self.id, error)
            self._set_found(state="broken", problem=str(error))

    def _refresh(self):
        """Put customers into the classes of each method; raise what is wrong with it.

        Whoever comes second waits for the row of the method, and is told by the database to begin
        again: two at once do nothing twice.
        """
        for method in self:
            if problem := method._find_problem():
                raise UserError(problem)
            self.env.flush_all()
            self.env.execute_query(
                SQL("SELECT id FROM crm_segment_method WHERE id = %s FOR UPDATE", method.id)
            )
            written, moved = method._store()
            _logger.info("Segmentation method %s: %s rows written", method.id, written)
            method._set_found(
                state="running",
                problem=False,
                is_redefined=False,
                date_counted=self.env.cr.now(),
            )
            self.env["crm.segment.membership"].invalidate_model()
            self.env["res.partner"].invalidate_model(["segment_ids"])
            if moved:
                method._follow_moves(self.env["res.partner"].browse(moved))

    def _follow_moves(self, partners):
        """Hook: these customers have come into another class, into their first one, or out."""
