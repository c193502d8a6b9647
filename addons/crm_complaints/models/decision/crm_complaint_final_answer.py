from odoo import models


class CrmComplaint(models.Model):
    """The final answer tells what was decided and granted."""

    _inherit = "crm.complaint"

    def action_answer(self):
        """Fill the final answer with what was decided and granted."""
        action = super().action_answer()
        template = self._get_answer_template()
        if template:
            action["context"] = {**action["context"], "default_template_id": template.id}
        return action

    def _get_answer_template(self):
        """Hook: return the template of the final answer; empty as long as nothing is decided."""
        self.ensure_one()
        name = "crm_complaints.mail_template_decision"
        template = self.env.ref(name, raise_if_not_found=False)
        return template if template and self.decision_id else self.env["mail.template"]
