from odoo import api, fields, models
from odoo.fields import Domain
from odoo.orm.models import NO_ACCESS

from .crm_standard_rule import ACCEPT, CLOCK_KINDS, WORK


class CrmStandardViolation(models.Model):
    """A deadline of a complaint that was missed against a standard.

    It keeps the number of the complaint and nothing of its words: the register has other readers
    than complaints have. The complaint itself is shown to whoever may read it.

    How one is entered: ``crm_standard_violation_missed.py``; how it ends with its deadline:
    ``crm_standard_violation_end.py``; who must not see it: ``crm_standard_violation_secret.py``.
    """

    _inherit = "crm.standard.violation"

    effect = fields.Selection(
        selection_add=[("complaint_late", "Complaint not handled in time")],
        ondelete={"complaint_late": "cascade"},
    )
    # nobody may read it: the name of a record goes with its id, past the rules of its model
    complaint_id = fields.Many2one(
        "crm.complaint",
        "Complaint Behind",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        groups=NO_ACCESS,
    )
    complaint_clock_id = fields.Many2one(
        "crm.deadline.clock", readonly=True, ondelete="set null", groups=NO_ACCESS
    )
    complaint_number = fields.Char("Complaint", readonly=True, index="btree_not_null")
    complaint_deadline = fields.Selection(
        [*CLOCK_KINDS, (ACCEPT, "Task: accepted or refused"), (WORK, "Task: done")],
        "Deadline then",
        readonly=True,
    )
    date_complaint_due = fields.Datetime("Was Due", readonly=True)
    visible_complaint_id = fields.Many2one(
        "crm.complaint",
        "Open Complaint",
        compute="_compute_visible_complaint_id",
        search="_search_visible_complaint_id",
        groups="crm_complaints.group_user",
        help="The complaint, for whoever may read it.",
    )

    _complaint_clock_once = models.UniqueIndex(
        "(complaint_clock_id) WHERE complaint_clock_id IS NOT NULL",
        "This missed deadline is in the register already.",
    )
    _complaint_open_idx = models.Index(
        "(id) WHERE state = 'open' AND complaint_clock_id IS NOT NULL"
    )

    @api.depends("name", "lead_name", "complaint_number")
    def _compute_display_name(self):
        late = self.filtered("complaint_number")
        for violation in late:
            violation.display_name = f"{violation.name}: {violation.complaint_number}"
        return super(CrmStandardViolation, self - late)._compute_display_name()

    @api.depends("complaint_number")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_visible_complaint_id(self):
        # sudo: only to learn which complaint it is, whose own rules then decide
        complaints = {violation: violation.sudo().complaint_id for violation in self}
        ids = [complaint.id for complaint in complaints.values() if complaint]
        readable = self.env["crm.complaint"].browse(ids)._filtered_access("read")
        for violation, complaint in complaints.items():
            violation.visible_complaint_id = readable & complaint

    @api.model
    def _search_visible_complaint_id(self, operator, value):
        if operator not in ("in", "any"):
            return NotImplemented
        domain = Domain("id", "in", value) if operator == "in" else Domain(value)
        complaints = self.env["crm.complaint"]._search(domain, active_test=False)
        # sudo: as above; the search for complaints was the user's own
        found = self.sudo()._search(Domain("complaint_id", "in", complaints))
        return Domain("id", "in", found)

    def action_open_complaint(self):
        """Open the complaint."""
        self.ensure_one()
        self.check_access("read")
        # sudo: only to learn which complaint it is, whose own rules then decide
        complaint = self.env["crm.complaint"].browse(self.sudo().complaint_id.id)
        complaint.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": complaint.id,
            "view_mode": "form",
        }
