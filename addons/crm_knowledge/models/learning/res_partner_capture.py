from odoo import models


class ResPartner(models.Model):
    """What was answered to a customer becomes an article; his name is no title."""

    _inherit = "res.partner"

    def _get_capture_texts(self):
        _title, question, answer = super()._get_capture_texts()
        return question.split("\n", 1)[0][:80], question, answer
