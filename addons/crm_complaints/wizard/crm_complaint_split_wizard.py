from odoo import api, fields, models


class CrmComplaintSplitWizard(models.TransientModel):
    """Asks what the part is about that becomes a complaint of its own."""

    _name = "crm.complaint.split.wizard"
    _description = "Split Off a Complaint"

    complaint_id = fields.Many2one("crm.complaint", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id")
    name = fields.Char("Subject", required=True)
    description = fields.Html(
        "Substance",
        compute="_compute_description",
        store=True,
        readonly=False,
        help="Leave what belongs to the new complaint.",
    )
    category_id = fields.Many2one("crm.complaint.category")
    product_id = fields.Many2one("product.product")
    remedy_demanded_id = fields.Many2one("crm.complaint.remedy")
    team_id = fields.Many2one("crm.team", compute="_compute_team_id", store=True, readonly=False)

    @api.depends("complaint_id")
    def _compute_description(self):
        for asked in self:
            asked.description = asked.complaint_id.description

    @api.depends("complaint_id", "category_id")
    def _compute_team_id(self):
        for asked in self:
            asked.team_id = asked.category_id.team_id or asked.complaint_id.team_id

    def action_split(self):
        """Create the complaint of the part, and open it."""
        self.ensure_one()
        part = self.complaint_id._split(
            {
                "name": self.name,
                "description": self.description,
                "category_id": self.category_id.id,
                "product_id": self.product_id.id,
                "remedy_demanded_id": self.remedy_demanded_id.id,
                "team_id": self.team_id.id,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.complaint",
            "res_id": part.id,
            "views": [[False, "form"]],
            "view_mode": "form",
        }
