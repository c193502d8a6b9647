from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class CrmDeadlineAbsence(models.TransientModel):
    """Says when somebody is away, and who acts for him then.

    It writes time off to the person's resource, as Odoo's own leave management does. People enter
    their own absence, managers of deadlines anybody's.
    """

    _name = "crm.deadline.absence"
    _description = "Absence"

    user_id = fields.Many2one(
        "res.users", "Who", required=True, default=lambda self: self.env.user, ondelete="cascade"
    )
    deputy_id = fields.Many2one(
        "res.users",
        compute="_compute_deputy_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        help="Who is told of deadlines meanwhile.",
    )
    date_from = fields.Datetime("From", required=True, default=fields.Datetime.now)
    date_to = fields.Datetime("To", required=True)
    reason = fields.Char()
    can_choose_user = fields.Boolean(compute="_compute_can_choose_user")

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_can_choose_user(self):
        self.can_choose_user = self._is_manager()

    @api.depends("user_id")
    def _compute_deputy_id(self):
        for absence in self:
            # sudo: who stands in for whom is no secret
            absence.deputy_id = absence.user_id.sudo().deadline_deputy_id

    def _is_manager(self):
        return self.env.user.has_group("crm_deadline.group_manager")

    def action_confirm(self):
        """Enter the absence."""
        self.ensure_one()
        if self.user_id != self.env.user and not self._is_manager():
            raise AccessError(
                self.env._("You may enter your own absence only. Ask a manager of deadlines.")
            )
        if self.date_to <= self.date_from:
            raise ValidationError(self.env._("An absence ends after it begins."))
        # sudo: one's own deputy and time off, as checked above; resources are the system's
        person = self.user_id.sudo()
        if self.deputy_id != person.deadline_deputy_id:
            person.deadline_deputy_id = self.deputy_id
        # sudo: as above
        self.env["resource.calendar.leaves"].sudo().create(
            {
                "name": self.reason or self.env._("Absence"),
                "resource_id": self._get_resource(person).id,
                "date_from": self.date_from,
                "date_to": self.date_to,
                "time_type": "leave",
            }
        )
        return {"type": "ir.actions.act_window_close"}

    def _get_resource(self, person):
        """Return the person's resource; the first absence makes it where there is none."""
        resource = person.resource_ids.filtered(lambda one: one.company_id == person.company_id)
        resource = resource[:1] or person.resource_ids[:1]
        if resource:
            return resource
        return (
            self.env["resource.resource"]
            .sudo()
            .create(  # sudo: see action_confirm
                {
                    "name": person.name,
                    "user_id": person.id,
                    "company_id": person.company_id.id,
                    "tz": person.tz or "UTC",
                }
            )
        )
