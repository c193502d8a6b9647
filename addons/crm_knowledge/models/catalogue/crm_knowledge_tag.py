from odoo import fields, models


class CrmKnowledgeTag(models.Model):
    """A word that editors give to articles across categories."""

    _name = "crm.knowledge.tag"
    _description = "Tag of Knowledge Articles"
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    color = fields.Integer()
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("(lower(name->>'en_US'))", "This tag is there already.")
