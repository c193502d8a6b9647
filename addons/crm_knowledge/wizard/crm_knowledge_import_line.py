from odoo import fields, models


class CrmKnowledgeImportLine(models.TransientModel):
    """What became of one document."""

    _name = "crm.knowledge.import.line"
    _description = "Imported Document"
    _order = "id"

    import_id = fields.Many2one(
        "crm.knowledge.import", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char("Document", required=True, readonly=True)
    article_id = fields.Many2one("crm.knowledge.article", readonly=True, ondelete="cascade")
    problem = fields.Char("Remark", readonly=True)
