from odoo import api, fields, models


class CrmDeadlineReapplyLine(models.TransientModel):
    """One deadline in the preview: when it is due, and when it would be."""

    _name = "crm.deadline.reapply.line"
    _description = "Deadline in the Preview of a Policy"
    _order = "date_due_old, id"

    wizard_id = fields.Many2one("crm.deadline.reapply", required=True, ondelete="cascade")
    clock_id = fields.Many2one(
        "crm.deadline.clock", "Deadline", required=True, readonly=True, ondelete="cascade"
    )
    res_name = fields.Char(related="clock_id.res_name", related_sudo=False)
    user_id = fields.Many2one(related="clock_id.user_id", related_sudo=False)
    is_chosen = fields.Boolean("Apply")
    date_due_old = fields.Datetime("Due", readonly=True)
    date_due_new = fields.Datetime("Would Be Due", readonly=True)
    is_late = fields.Boolean("Late at Once", readonly=True)
    problem = fields.Char("Not Possible", readonly=True)

    @api.constrains("clock_id")
    def _check_readable(self):
        """Refuse a line on a deadline out of reach: its name would tell about the document."""
        # checks of values run with all rights; this one is about those of the person
        self.clock_id.sudo(False).check_access("read")
