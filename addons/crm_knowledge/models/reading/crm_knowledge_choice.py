from odoo import api, fields, models


class CrmKnowledgeChoice(models.Model):
    """An answer to choose in the short check of an article."""

    _name = "crm.knowledge.choice"
    _description = "Answer to Choose"
    _inherit = ["crm.knowledge.part"]
    _order = "sequence, id"

    article_id = fields.Many2one(related="question_id.article_id", store=True, precompute=True)
    question_id = fields.Many2one(
        "crm.knowledge.question", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Answer", required=True)
    sequence = fields.Integer(default=10)
    is_right = fields.Boolean("Right", groups="crm_knowledge.group_author")

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        choices.question_id._check_set_up()
        return choices

    def write(self, vals):
        self.question_id._check_set_up()
        result = super().write(vals)
        self.question_id._check_set_up()  # it may belong to another question now
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_set_up(self):
        self.question_id._check_set_up()
