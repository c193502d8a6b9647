from __future__ import annotations

import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class CrmStandardHandoverLine(models.Model):
    """How a record changes hands."""

    _inherit = "crm.standard.handover.line"

    def _carry(self, source, target, state: str) -> None:
        """Pass the records of these lines, all of one model, in halves where something fails."""
        try:
            with self.env.cr.savepoint():
                self._pass_on(source, target, state)
        except OperationalError:
            raise  # somebody else works on the same records: the whole work is tried again
        except Exception as error:  # another add-on's rule; it is kept on the one line it is about
            if len(self) == 1:
                self._note_failure(error, state)
                return
            half = len(self) // 2
            self[:half]._carry(source, target, state)
            self[half:]._carry(source, target, state)

    def _note_failure(self, error, state: str) -> None:
        """Keep on the line why its record did not pass; what only a programmer reads is logged."""
        note = str(error)
        if not isinstance(error, UserError):
            note = self.env._("A technical error; the server's log has the details.")
            record = f"{self.res_model},{self.res_id}"
            _logger.warning("hand-over of %s failed", record, exc_info=error)
        # what does not come back stays moved: it is in the receiver's hands
        failed = {"state": "failed"} if state == "moved" else {}
        self._sealed_write({"note": note, **failed})

    def _pass_on(self, source, target, state: str) -> None:
        """Pass the records that are still in the giver's hands; note the others.

        :raise UserError: the receiver could not see some of them
        """
        tool = self.env["crm.standard.handover.scope"]
        scopes = {scope.model: scope for scope in tool._get_scopes(source)}
        scope = scopes.get(self[0].res_model)
        if scope is None:
            raise UserError(self.env._("Such records cannot be handed over any more."))
        records = self.env[scope.model].browse(self.mapped("res_id")).exists()
        held = records.filtered(lambda record: record[scope.user_field] == source)
        is_for_good = state == "moved" and self.handover_id.reason == "leaving"
        if held:
            tool._give(scope, held, source, target, is_for_good)
            self._check_visible(held, target)
        passed = self.filtered(lambda line: line.res_id in held._ids)
        passed._sealed_write({"state": state, **self._get_date(state), "note": False})
        for line in self - passed:
            line._note_kept(records, scope, state)

    def _note_kept(self, records, scope, state: str) -> None:
        """Note why a record was left alone: it is gone, or in other hands by now."""
        record = records.filtered(lambda record: record.id == self.res_id)
        owner = record[scope.user_field].name if record else None
        note = self.env._("It was deleted meanwhile.")
        if record:
            note = self.env._("It is in other hands: %(user)s.", user=owner or "-")
        self._sealed_write({"state": "kept", "note": note})

    def _get_date(self, state: str) -> dict:
        return {"date_moved" if state == "moved" else "date_returned": self.env.cr.now()}

    def _check_visible(self, records, user) -> None:
        """Refuse to give somebody what he cannot see: it would be lost to everybody."""
        # with the receiver's own rights and companies, not those of the one at the screen
        context = {"allowed_company_ids": user.company_ids.ids}
        seen = records.with_env(self.env(user=user.id, su=False, context=context))
        if len(seen._filtered_access("read")) < len(records):
            raise UserError(self.env._("%(user)s may not see this record.", user=user.name))
