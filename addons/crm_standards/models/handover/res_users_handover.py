from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.tools import SQL

#: Whether people are being archived just now: what they leave is listed at the end of it.
archiving: ContextVar[bool] = ContextVar("crm_standards_archiving", default=False)


class ResUsers(models.Model):
    """When somebody leaves, his work is listed and offered, and nothing of it is lost."""

    _inherit = "res.users"

    def write(self, vals):
        leaving = self.browse()
        if "active" in vals and not vals["active"] and not archiving.get():
            leaving = self._get_leaving()
        result = super().write(vals)
        self.env["crm.standard.handover"]._prepare_for(leaving)
        return result

    def action_archive(self):
        leaving = self._get_leaving()
        token = archiving.set(True)
        try:
            # core deletes the open activities of who is archived, and with them the promises
            with self._keeping_activities():
                result = super().action_archive()
        finally:
            archiving.reset(token)
        self.env["crm.standard.handover"]._prepare_for(leaving)
        return result

    def _get_leaving(self):
        """Return the active employees among these users."""
        # sudo: whoever may archive a user need not see whether he is an employee
        return self.filtered(lambda user: user.sudo().active and not user.sudo().share)

    @contextmanager
    def _keeping_activities(self) -> Iterator[None]:
        """Let the activities of these people survive their archiving.

        Core looks for activities that are not archived, so they are put aside for that moment. In
        SQL: nothing is done about them, and nobody is to be told.
        """
        self.env["mail.activity"].flush_model(["active", "user_id"])
        rows = self.env.execute_query(
            SQL(
                "UPDATE mail_activity SET active = FALSE WHERE active AND user_id IN %s"
                " RETURNING id",
                self._ids or (0,),
            )
        )
        kept = self.env["mail.activity"].browse(activity_id for (activity_id,) in rows)
        kept.invalidate_recordset(["active"])
        yield
        if kept:
            self.env.execute_query(
                SQL("UPDATE mail_activity SET active = TRUE WHERE id IN %s RETURNING id", kept._ids)
            )
            kept.invalidate_recordset(["active"])
