from odoo import api, fields, models


class CrmComplaintDecide(models.TransientModel):
    """Asks which complaint a quarantined mail belongs to, or why it may rest."""

    _name = "crm.complaint.decide"
    _description = "Decide about Quarantined Mails"

    quarantine_ids = fields.Many2many(
        "crm.complaint.quarantine",
        "crm_complaint_decide_quarantine_rel",
        string="Mails",
        required=True,
        default=lambda self: self._default_quarantine_ids(),
    )
    deed = fields.Selection(
        [("attach", "Add to a Complaint"), ("dismiss", "Dismiss")],
        "Decision",
        required=True,
        default="dismiss",
    )
    complaint_id = fields.Many2one(
        "crm.complaint",
        compute="_compute_complaint_id",
        store=True,
        readonly=False,
        help="The complaint that the mail belongs to.",
    )
    is_public = fields.Boolean(
        "Show to the Complainant",
        help="The mail becomes part of the conversation with the complainant. Otherwise it is"
        " added as an internal note.",
    )
    reason = fields.Char(help="Stays on record.")

    def _default_quarantine_ids(self):
        if self.env.context.get("active_model") != "crm.complaint.quarantine":
            return False
        return self.env.context.get("active_ids")

    @api.depends("quarantine_ids")
    def _compute_complaint_id(self):
        """Offer the complaint that all the mails claim to be about."""
        for wizard in self:
            claimed = wizard.quarantine_ids.complaint_id
            wizard.complaint_id = claimed if len(claimed) == 1 else False

    def action_decide(self):
        """Do it. Who may is checked where it is done."""
        self.ensure_one()
        if self.deed == "dismiss":
            self.quarantine_ids._dismiss(self.reason)
        else:
            self.quarantine_ids._attach_to(self.complaint_id, self.reason, self.is_public)
        return {"type": "ir.actions.act_window_close"}
