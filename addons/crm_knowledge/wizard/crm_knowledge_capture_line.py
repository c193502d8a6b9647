from odoo import fields, models

from ..logic import private


class CrmKnowledgeCaptureLine(models.TransientModel):
    """Something personal that was taken out of the text."""

    _name = "crm.knowledge.capture.line"
    _description = "Taken Out of a Text"

    capture_id = fields.Many2one("crm.knowledge.capture", required=True, ondelete="cascade")
    kind = fields.Selection(
        [
            (private.EMAIL, "E-mail"),
            (private.LINK, "Link"),
            (private.ACCOUNT, "Account"),
            (private.PHONE, "Telephone"),
            (private.NUMBER, "Number"),
            (private.NAME, "Person or company"),
        ],
        required=True,
        readonly=True,
    )
    name = fields.Char("Text", required=True, readonly=True)
