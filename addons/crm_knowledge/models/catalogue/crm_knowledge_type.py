from odoo import fields, models


class CrmKnowledgeType(models.Model):
    """A kind of article with its sections: what a good one of this kind says, in which order."""

    _name = "crm.knowledge.type"
    _description = "Type of Knowledge Articles"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        index="btree_not_null", help="Short mark by which imports and other add-ons know the type."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Char(translate=True, help="When to choose this type.")
    template = fields.Html(
        "Sections",
        translate=True,
        help="What a new article of this type begins with, in the language of the article.",
    )

    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL", "Another type has this code.")
