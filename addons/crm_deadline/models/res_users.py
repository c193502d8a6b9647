from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..logic.deputy import first_present


class ResUsers(models.Model):
    """Who is above whom, and who acts for whom.

    Who is away follows from the time off in the person's working hours (Odoo's resources), however
    it was entered: by our own form, or by an add-on that manages leave.
    """

    _inherit = "res.users"

    deadline_superior_id = fields.Many2one(
        "res.users",
        "Superior",
        help="Who is told when a deadline of this person's team goes past its leader.",
    )
    deadline_deputy_id = fields.Many2one(
        "res.users",
        "Deputy",
        help="Who is told instead while this person is away. A deputy who is away as well is "
        "replaced by his own.",
    )
    is_deadline_away = fields.Boolean("Away Now", compute="_compute_is_deadline_away")

    def _compute_is_deadline_away(self):
        away = self._deadline_get_away(fields.Datetime.now())
        for user in self:
            user.is_deadline_away = user.id in away

    @api.constrains("deadline_superior_id", "deadline_deputy_id")
    def _check_deadline_self(self):
        for user in self:
            if user in (user.deadline_superior_id, user.deadline_deputy_id):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be his own superior or deputy. Choose somebody else.",
                        user=user.name,
                    )
                )

    @property
    def SELF_READABLE_FIELDS(self):
        return [
            *super().SELF_READABLE_FIELDS,
            "deadline_superior_id",
            "deadline_deputy_id",
            "is_deadline_away",
        ]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "deadline_deputy_id"]

    def action_deadline_absence(self):
        """Open the form to say when this person is away."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Absence"),
            "res_model": "crm.deadline.absence",
            "view_mode": "form",
            "target": "new",
            "context": {"default_user_id": self.id},
        }

    def _deadline_stand_in(self, date=None):
        """Hook: return who acts for this person at ``date`` (naive UTC, default now).

        The person himself unless he is away and somebody stands in for him.
        """
        self.ensure_one()
        return self.browse(self._deadline_stand_ins(date)[self.id])

    def _deadline_stand_ins(self, date=None):
        """Return the id of who acts for each of these persons, by the id of the person."""
        known = waiting = self.sudo()  # sudo: who stands in for whom is no secret
        while waiting := waiting.deadline_deputy_id - known:
            known |= waiting
        deputies = {
            user.id: user.deadline_deputy_id.id for user in known if user.deadline_deputy_id
        }
        away = known._deadline_get_away(date or fields.Datetime.now())
        return {user.id: first_present(user.id, deputies, away) for user in self}

    def _deadline_get_away(self, date):
        """Return the ids of those of these persons who are away: on leave, or archived."""
        self.env["resource.calendar.leaves"].flush_model()
        self.env["resource.resource"].flush_model(["user_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT resource.user_id
                  FROM resource_calendar_leaves AS leave
                  JOIN resource_resource AS resource ON resource.id = leave.resource_id
                 WHERE resource.user_id = ANY(%s) AND leave.time_type = 'leave'
                   AND leave.date_from <= %s AND leave.date_to > %s
                """,
                self.ids,
                date,
                date,
            )
        )
        archived = self.sudo().filtered(lambda user: not user.active)  # sudo: as who is on leave
        return {user_id for (user_id,) in rows} | set(archived.ids)
