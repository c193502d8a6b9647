from __future__ import annotations

import logging
from functools import partial

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...logic import version as logic
from ..common.isolation import attempt, attempt_each, look
from .crm_standard_acknowledgement import KIND, READ

_logger = logging.getLogger(__name__)

BATCH = 200
#: An employee finds the request among his activities; a mail for each would be a storm.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_activity_quick_update": True,
}


class CrmStandardAcknowledgement(models.Model):
    """Who is asked to read what: everybody a version in force speaks to, each once.

    The job compares the audience with who was asked. So it does not matter why somebody belongs to
    it: a new version, a new employee, a change of team. Run twice, it asks nobody twice.
    """

    _inherit = "crm.standard.acknowledgement"

    @api.model
    def _ask_all(self, commit) -> bool:
        """Ask whoever has to read a version in force and was not asked.

        :return: False where time ran out; the next run goes on
        """
        standards = self.env["crm.standard"].search(
            [("state", "=", "in_force"), ("is_to_acknowledge", "=", True)]
        )
        for standard in standards:
            what = f"asking readers of standard {standard.id}"
            waiting = look(self.env, what, partial(self._find_waiting, standard)) or []
            for start in range(0, len(waiting), BATCH):
                people = self.env["res.users"].browse(waiting[start : start + BATCH])
                attempt_each(self.env, what, people, partial(self._ask, standard.version_id))
                if not commit():
                    return False
        attempt(self.env, "cancelling requests to read", self._cancel_unneeded)
        return bool(commit())

    @api.model
    def _find_waiting(self, standard) -> list[int]:
        """Return whom to ask to read a standard; whom it does not concern any more is released."""
        audience = standard.audience_ids.ids
        self._release(standard.version_id, audience)
        return logic.missing_readers(audience, self._get_asked(standard.version_id))

    @api.model
    def _ask(self, version, users):
        """Ask people to read a version: a request, an activity and a clock for each."""
        # sudo: nobody has the right to write requests by hand
        register = self.sudo()
        register = register.with_env(register.env(context=QUIET))
        # somebody else may be at it in the same moment: nobody is asked twice
        version.sudo().lock_for_update(allow_referencing=True)  # sudo: as above
        requests = register._sealed_create(
            [
                {
                    "version_id": version.id,
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "date_asked": self.env.cr.now(),
                }
                for user in users
            ]
        )
        requests._start_clock(version.standard_id.acknowledge_policy_id)
        requests._remind()
        return requests

    def _start_clock(self, policy) -> None:
        """Start the clocks until when it is to be read.

        A calendar without hours keeps nobody from being asked: it is logged, and the health page
        tells it.
        """
        try:
            with self.env.cr.savepoint():
                if policy:
                    self._deadline_start(policy, KIND)
        except UserError as error:
            _logger.warning("reading by the policy %s: %s", policy.id, error)

    def _remind(self) -> None:
        """Put an activity on each employee's list, due on the day until which he should read."""
        kind = self.env.ref(READ)
        model_id = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].create(
            [
                {
                    "res_model_id": model_id,
                    "res_id": request.id,
                    "activity_type_id": kind.id,
                    "automated": True,
                    "summary": request._get_title(),
                    "user_id": request.user_id.id,
                    "date_deadline": (request.date_due or request.date_asked).date(),
                }
                for request in self
            ]
        )

    def _get_title(self) -> str:
        """Return what is to be read, in the language of who reads it."""
        self.ensure_one()
        return self.with_context(lang=self.user_id.lang).version_id.display_name

    @api.model
    def _release(self, version, audience: list[int]) -> None:
        """Ask no more whom the standard does not concern any more; he may be asked again."""
        self.search(
            [
                ("version_id", "=", version.id),
                ("state", "=", "asked"),
                ("user_id", "not in", audience),
            ]
        )._cancel()

    @api.model
    def _get_asked(self, version) -> list[int]:
        """Return the ids of those who were asked to read a version."""
        rows = self.env.execute_query(
            SQL(
                "SELECT user_id FROM %s WHERE version_id = %s AND state != 'cancelled'",
                SQL.identifier(self._table),
                version.id or 0,
            )
        )
        return [user_id for (user_id,) in rows]

    @api.model
    def _cancel_unneeded(self) -> None:
        """Ask no more where the standard asks for no acknowledgement any more."""
        self.search(
            [
                ("state", "=", "asked"),
                "|",
                ("standard_id.is_to_acknowledge", "=", False),
                ("version_id.state", "!=", "in_force"),
            ]
        )._cancel()
