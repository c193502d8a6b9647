from odoo import api, fields, models

from ...logic.assignment import OPEN


class CrmLead(models.Model):
    """Assignments about a deal: who has it in hand now, and what was asked of whom."""

    _inherit = "crm.lead"

    standard_assignment_count = fields.Integer(
        string="Open assignments", compute="_compute_standard_assignment_count"
    )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_standard_assignment_count(self):
        counts = dict(
            self.env["crm.standard.assignment"]._read_group(
                [("lead_id", "in", self.ids), ("state", "in", list(OPEN))],
                ["lead_id"],
                ["__count"],
            )
        )
        for lead in self:
            lead.standard_assignment_count = counts.get(lead._origin, 0)

    def action_give_order(self):
        """Open a new order about this opportunity."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Give an Order"),
            "res_model": "crm.standard.assignment",
            "view_mode": "form",
            "target": "current",
            "context": {"default_lead_id": self.id},
        }

    def action_view_standard_assignments(self):
        """Open the assignments about this opportunity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_assignment_action"
        )
        action["domain"] = [("lead_id", "=", self.id)]
        action["context"] = {"default_lead_id": self.id}
        return action

    def _merge_dependences(self, opportunities):
        result = super()._merge_dependences(opportunities)
        # what was asked of people stays with the deal, whoever may see it
        assignments = self.env["crm.standard.assignment"].sudo()
        assignments.search([("lead_id", "in", opportunities.ids)])._follow_merge(self)
        return result
