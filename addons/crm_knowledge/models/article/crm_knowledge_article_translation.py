from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CrmKnowledgeArticle(models.Model):
    """The same article in other languages: each an article with a life of its own."""

    _inherit = "crm.knowledge.article"

    translation_of_id = fields.Many2one(
        "crm.knowledge.article",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('translation_of_id', '=', False), ('revision_of_id', '=', False),"
        " ('lang', '!=', lang), ('id', '!=', id)]",
        help="The article this one says in another language.",
    )
    translation_ids = fields.One2many("crm.knowledge.article", "translation_of_id", "Translations")

    _translation_uniq = models.UniqueIndex(
        "(translation_of_id, lang) WHERE translation_of_id IS NOT NULL AND active IS TRUE"
        " AND revision_of_id IS NULL",
        "The article is translated into this language already.",
    )

    @api.constrains("translation_of_id", "lang")
    def _check_translation(self):
        for article in self:
            # sudo: the original may be of a category the translator cannot read
            original = article.sudo().translation_of_id
            if not original:
                continue
            if original.translation_of_id or article.sudo().translation_ids:  # sudo: as above
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is a translation itself or has translations: choose the"
                        " original as what an article translates.",
                        name=original.name,
                    )
                )
            if original.lang == article.lang:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is written in the same language. Choose another language or"
                        " another article.",
                        name=original.name,
                    )
                )

    def _get_in_language(self, lang):
        """Return, by article id, the article in the language, or the article itself.

        Only what is in force and what the user may read is offered instead of the article.
        """
        originals = {article.id: (article.translation_of_id or article).id for article in self}
        domain = [
            ("lang", "=", lang),
            ("state", "in", ("published", "to_verify")),
            ("revision_of_id", "=", False),
            "|",
            ("id", "in", list(originals.values())),
            ("translation_of_id", "in", list(originals.values())),
        ]
        found = {(found.translation_of_id or found).id: found for found in self.search(domain)}
        return {article.id: found.get(originals[article.id], article) for article in self}
