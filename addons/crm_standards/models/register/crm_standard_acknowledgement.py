from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

READ = "crm_standards.mail_activity_type_read"
#: The kind of the clock that runs until a version was read.
KIND = "crm_standards.read"


class CrmStandardAcknowledgement(models.Model):
    """An employee is asked to read a version, and says that he has read and understood it.

    Sealed: it proves who knew what, and since when. Nobody can say it for somebody else.
    """

    _name = "crm.standard.acknowledgement"
    _description = "Acknowledgement of a Standard"
    # sealed first: its refusals stand before what the others do
    _inherit = [
        "crm.deadline.sealed",
        "crm.deadline.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date_asked desc, id desc"
    _rec_name = "version_id"
    _check_company_auto = True

    version_id = fields.Many2one(
        "crm.standard.version", required=True, readonly=True, ondelete="cascade", index=True
    )
    standard_id = fields.Many2one(related="version_id.standard_id", store=True, index=True)
    document_type = fields.Selection(related="version_id.document_type")
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index="btree_not_null"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Employee",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        readonly=True,
        ondelete="set null",
        help="The employee's team when he was asked.",
    )
    state = fields.Selection(
        [("asked", "To Read"), ("acknowledged", "Read"), ("cancelled", "Not Needed")],
        default="asked",
        required=True,
        readonly=True,
        index=True,
    )
    date_asked = fields.Datetime("Asked on", required=True, readonly=True)
    date_read = fields.Datetime("Read on", readonly=True)
    digest = fields.Char("Mark", readonly=True, help="The mark of the text that was read.")
    date_due = fields.Datetime("Read until", compute="_compute_date_due")
    is_late = fields.Boolean("Late", compute="_compute_date_due")
    is_mine = fields.Boolean(compute="_compute_is_mine")
    document = fields.Html(related="version_id.document", string="Text")
    attachment_ids = fields.Many2many(related="version_id.attachment_ids")

    _once = models.UniqueIndex("(version_id, user_id) WHERE state != 'cancelled'")
    _open_index = models.Index("(user_id) WHERE state = 'asked'")

    @api.depends("deadline_clock_ids.date_due", "deadline_clock_ids.state")
    def _compute_date_due(self):
        for request in self:
            # sudo: whoever may see the request may see until when it is
            clock = request.sudo().deadline_clock_ids.filtered(lambda c: c.kind == KIND)[:1]
            request.date_due = clock.date_due
            request.is_late = clock.state == "missed"

    @api.depends_context("uid")
    def _compute_is_mine(self):
        for request in self:
            request.is_mine = request.user_id == self.env.user

    def action_acknowledge(self):
        """Say that I have read and understood these versions: only I can, for myself."""
        if any(request.user_id != self.env.user for request in self):
            raise AccessError(
                self.env._("Nobody reads for somebody else: each employee confirms for himself.")
            )
        self.check_access("read")
        for request in self:
            if request.state == "cancelled":
                raise UserError(
                    self.env._(
                        "%(version)s is not in force any more and need not be read. Reload the"
                        " page.",
                        version=request.version_id.display_name,
                    )
                )
        fresh = self.filtered(lambda request: request.state == "asked")
        for request in fresh.sudo():  # sealed: the employee may not write it in any other way
            request._sealed_write(
                {
                    "state": "acknowledged",
                    "date_read": self.env.cr.now(),
                    "digest": request.version_id.digest,
                }
            )
        fresh._close()
        return True

    def action_open_next(self):
        """Open what is to be read next, or the list when everything is read."""
        waiting = self.search([("user_id", "=", self.env.uid), ("state", "=", "asked")], limit=1)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_acknowledgement_action"
        )
        if waiting:
            action.update(res_id=waiting.id, views=[(False, "form")], view_mode="form")
        return action

    def action_acknowledge_and_next(self):
        """Say that I have read it, and go on to the next one."""
        self.action_acknowledge()
        return self.action_open_next()

    def _cancel(self) -> None:
        """Ask no more: the version applies no more, or not to this person."""
        waiting = self.filtered(lambda request: request.state == "asked")
        waiting.sudo()._sealed_write({"state": "cancelled"})  # as in action_acknowledge
        clocks = waiting._deadline_open([KIND])
        if clocks:
            clocks._cancel(self.env._("The version need not be read any more."))
        waiting.sudo().activity_ids.unlink()  # sudo: the activities are the employees' own

    def _close(self) -> None:
        """Stop the clocks and tick off the activities of what was read."""
        clocks = self._deadline_open([KIND])
        if clocks:
            clocks._stop()
        self.sudo().activity_feedback([READ])  # sudo: posts a note on a sealed record
