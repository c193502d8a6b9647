from odoo import fields, models


class CrmKnowledgeType(models.Model):
    """Which section of an article of this type is the answer one sends."""

    _inherit = "crm.knowledge.type"

    answer_heading = fields.Char(
        "Section that Is Sent",
        translate=True,
        help="Only the section under this heading goes into a message. Empty, or no such heading:"
        " the whole text does.",
    )
