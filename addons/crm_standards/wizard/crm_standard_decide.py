from odoo import fields, models
from odoo.exceptions import UserError

MODELS = [("crm.standard.approval", "Approval"), ("crm.standard.override", "Exception")]


class CrmStandardDecide(models.TransientModel):
    """The dialog in which somebody decides about a request and says why.

    It decides nothing itself: the request checks who may, whatever this form says.
    """

    _name = "crm.standard.decide"
    _description = "Decide about a Request"

    res_model = fields.Selection(MODELS, required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    deed = fields.Selection(
        [("approve", "Grant"), ("refuse", "Refuse"), ("delegate", "Leave to somebody else")],
        string="Decision",
        required=True,
        default="approve",
    )
    reason = fields.Text(help="Required to refuse; the person who asked reads it.")
    hours = fields.Integer(
        string="Valid for hours", help="How long the exception may be used; 0: as the rule says."
    )
    person_id = fields.Many2one(
        "res.users", string="Decides instead", domain=[("share", "=", False)]
    )

    def action_decide(self):
        """Do what was decided, with the rights of whoever pressed the button."""
        self.ensure_one()
        request = self.env[self.res_model].browse(self.res_id)
        request.check_access("read")
        if self.deed == "refuse":
            request.action_refuse(self.reason or "")
        elif self.deed == "delegate":
            if not self.person_id:
                raise UserError(self.env._("Choose who decides instead."))
            request.action_delegate(self.person_id.id, self.reason or "")
        elif self.res_model == "crm.standard.override":
            request.action_approve(self.reason or "", hours=self.hours)
        else:
            request.action_approve(self.reason or "")
        return {"type": "ir.actions.act_window_close"}
