from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.case.crm_complaint_stage import CLOSED_KINDS


class CrmComplaintAnonymize(models.TransientModel):
    """Shows which cases lose their personal data before it happens. For managers.

    Only cases the manager sees: one about himself is left to another manager.
    """

    _name = "crm.complaint.anonymize"
    _description = "Anonymize Complaints"

    kind = fields.Selection(
        [("retention", "Whose time of keeping is over"), ("person", "Of one person")],
        "Which",
        required=True,
        default="person",
    )
    partner_id = fields.Many2one("res.partner", "Person")
    complaint_ids = fields.Many2many(
        "crm.complaint", string="Complaints", compute="_compute_complaint_ids"
    )
    complaint_count = fields.Integer(compute="_compute_complaint_ids")
    open_count = fields.Integer(
        "Open or Kept",
        compute="_compute_complaint_ids",
        help="These are left alone: close them or take them off hold first.",
    )
    is_sure = fields.Boolean("I know that this cannot be undone")

    @api.depends("kind", "partner_id")
    def _compute_complaint_ids(self):
        complaints = self.env["crm.complaint"].with_context(active_test=False)
        for wizard in self:
            ready = complaints.search(wizard._get_domain())
            wizard.complaint_ids = ready
            wizard.complaint_count = len(ready)
            wizard.open_count = (
                complaints.search_count(wizard._get_person_domain()) - len(ready)
                if wizard.kind == "person" and wizard.partner_id
                else 0
            )

    def _get_person_domain(self):
        person = Domain("partner_id", "child_of", self.partner_id.id)
        person |= Domain("on_behalf_partner_id", "child_of", self.partner_id.id)
        return person & Domain("date_anonymized", "=", False)

    def _get_domain(self):
        """Return the domain of the cases that can be anonymized now."""
        self.ensure_one()
        if self.kind == "retention":
            return self.env["crm.complaint"]._get_over_domain(fields.Datetime.now())
        if not self.partner_id:
            return Domain.FALSE
        return (
            self._get_person_domain()
            & Domain("state", "in", CLOSED_KINDS)
            & Domain("is_on_hold", "=", False)
        )

    def action_anonymize(self):
        """Take the personal data out of the cases shown."""
        self.ensure_one()
        complaints = self.env["crm.complaint"].with_context(active_test=False)
        complaints = complaints.search(self._get_domain())
        complaints.check_access("write")
        if not self.is_sure:
            raise UserError(self.env._("Tick that you know that this cannot be undone."))
        if not complaints:
            raise UserError(self.env._("There is no closed complaint to anonymize."))
        complaints._anonymize(self.kind)
        return {"type": "ir.actions.act_window_close"}
