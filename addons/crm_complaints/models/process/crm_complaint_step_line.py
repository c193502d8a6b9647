from odoo import api, fields, models


class CrmComplaintStepLine(models.AbstractModel):
    """What a step asks for, line by line; fixed together with the step."""

    _name = "crm.complaint.step.line"
    _description = "Line of a Step"
    _order = "sequence, id"

    step_id = fields.Many2one("crm.complaint.step", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["crm.complaint.step"]._check_not_fixed(lines.step_id.process_id)
        return lines

    def write(self, vals):
        self.step_id._check_not_fixed(self.step_id.process_id)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fixed(self):
        self.step_id._check_not_fixed(self.step_id.process_id)
