from odoo import api, fields, models
from odoo.exceptions import UserError


class CrmComplaintCall(models.TransientModel):
    """Puts a call with the complainant on record: it answers him like a message."""

    _name = "crm.complaint.call"
    _description = "Call with a Complainant"

    complaint_id = fields.Many2one(
        "crm.complaint", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Datetime("When", required=True, default=fields.Datetime.now)
    note = fields.Text("What Was Said", required=True)

    @api.constrains("complaint_id")
    def _check_complaint(self):
        # checks of values run with all rights; this one is about those of the person
        self.complaint_id.sudo(False).check_access("write")

    def action_log(self):
        """Keep the call as a note of the complaint, and let the clocks follow it."""
        self.ensure_one()
        complaint = self.complaint_id
        complaint.check_access("write")
        if not complaint.date_received <= self.date <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The call must lie between the receipt of “%(complaint)s” and now.",
                    complaint=complaint.display_name,
                )
            )
        kinds = self.env["mail.activity.type"].search([("category", "=", "phonecall")], limit=1)
        complaint.message_post(
            body=self.note,
            date=self.date,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            mail_activity_type_id=kinds.id,
        )
        # sudo: clocks follow what is said, whoever says it
        complaint.sudo()._note_answer(self.date)
        return {"type": "ir.actions.act_window_close"}
