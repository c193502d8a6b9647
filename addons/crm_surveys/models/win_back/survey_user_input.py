from odoo import models


class SurveyUserInput(models.Model):
    """What was noted about a lost customer is his to know."""

    _inherit = "survey.user_input"

    def _export_person(self):
        """Tell him why we think he went, too."""
        customers = self.env["crm.survey.win.back"].search(
            [("invitation_id", "in", self.invitation_id.ids)]
        )
        found = customers.grouped("invitation_id")
        for response, told in zip(self, exported := super()._export_person(), strict=True):
            for customer in found.get(response.invitation_id, ()):
                told["lost_customer"] = {
                    "cause": customer.cause_id.display_name or None,
                    "buys_from": customer.competitor or None,
                    "offered": customer.offer or None,
                    "done": customer.fix_note or None,
                }
        return exported
