from odoo import api, fields, models

from ...logic import ishikawa


class CrmComplaint(models.Model):
    """The investigation: possible causes, the chain of "why", and the actions that follow."""

    _inherit = "crm.complaint"

    suspect_ids = fields.One2many("crm.complaint.suspect", "complaint_id", "Possible Causes")
    why_ids = fields.One2many("crm.complaint.why", "complaint_id", "Five Whys")
    ishikawa = fields.Json("Ishikawa Drawing", compute="_compute_ishikawa")
    action_ids = fields.Many2many("crm.complaint.action", string="Actions", copy=False)
    action_count = fields.Integer(compute="_compute_action_count")

    @api.depends("name", "suspect_ids.name", "suspect_ids.branch", "suspect_ids.state")
    @api.depends_context("lang")
    def _compute_ishikawa(self):
        """Lay the drawing out. The screen and the report draw the same lines."""
        branch = self.env["crm.complaint.suspect"]._fields["branch"]
        labels = dict(branch._description_selection(self.env))
        for complaint in self:
            suspects = [
                ishikawa.Suspect(suspect.branch, suspect.name, suspect.state)
                for suspect in complaint.suspect_ids
                if suspect.name and suspect.branch
            ]
            complaint.ishikawa = ishikawa.draw(complaint.name or "", labels, suspects)

    @api.depends("action_ids")
    @api.depends_context("uid")
    def _compute_action_count(self):
        actions = self.env["crm.complaint.action"]
        domain = [("complaint_ids", "in", self.ids)]
        counts = dict(actions._read_group(domain, ["complaint_ids"], ["__count"]))
        for complaint in self:
            complaint.action_count = counts.get(complaint._origin, 0)

    def action_actions(self):
        """Open the actions that follow from this complaint."""
        self.ensure_one()
        window = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action_action"
        )
        context = {
            "default_complaint_ids": self.ids,
            "default_product_id": self.product_id.id,
            "default_company_id": self.company_id.id,
        }
        return {**window, "domain": [("complaint_ids", "in", self.ids)], "context": context}
