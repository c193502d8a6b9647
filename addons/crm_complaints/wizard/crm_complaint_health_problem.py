from odoo import api, fields, models
from odoo.exceptions import AccessError


class CrmComplaintHealthProblem(models.TransientModel):
    """A line of the health page: something about complaints that cannot go as it was set up.

    The lines are drawn anew whenever the page is opened; they are a view, not a register.
    """

    _name = "crm.complaint.health.problem"
    _description = "Problem of the Setup of Complaints"
    _order = "area, id"
    _rec_name = "text"

    area = fields.Char(readonly=True)
    res_model = fields.Char("Model", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True)
    text = fields.Text("What is wrong, and what to do", readonly=True)

    @api.model
    def action_open_page(self):
        """Look for problems and open the page that lists them."""
        if not self.env.user.has_group("crm_complaints.group_manager"):
            raise AccessError(
                self.env._("Only managers of complaints look after how they are set up.")
            )
        problems = self.create(
            [problem._asdict() for problem in self.env["crm.complaint.health"]._find_problems()]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_health_problem_action"
        )
        return {**action, "domain": [("id", "in", problems.ids)]}

    def action_open_record(self):
        """Open what is to be mended."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
