from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """What search lacks on this installation."""

    _inherit = "res.config.settings"

    knowledge_search_shortcomings = fields.Text(
        "What Search Lacks", compute="_compute_knowledge_search_shortcomings"
    )

    def _compute_knowledge_search_shortcomings(self):
        # sudo: nobody has access to the index; what is told is about the installation
        lacking = self.env["crm.knowledge.index"].sudo()._get_shortcomings()
        self.knowledge_search_shortcomings = "\n".join(lacking)
