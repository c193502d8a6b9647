from dataclasses import replace

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...logic.words import words
from ...morphology import lexemes

WORTH = 0.8  # what a synonym says against the word itself
PART_WORTH = 0.4  # what one word of a synonym of several words says
MAX_WORDS = 50


class CrmKnowledgeSynonym(models.Model):
    """Words that mean the same here: who asks with one finds articles with the others."""

    _name = "crm.knowledge.synonym"
    _description = "Synonyms of the Knowledge Base"
    _order = "name, id"

    name = fields.Char(
        "Words", required=True, help="Separated by commas, in one form each: refund, chargeback"
    )
    active = fields.Boolean(default=True)

    @api.constrains("name")
    def _check_name(self):
        for synonym in self:
            meanings = self._split(synonym.name)
            if not 2 <= len(meanings) <= MAX_WORDS:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” must be two to %(limit)s words with commas between them.",
                        name=synonym.name,
                        limit=MAX_WORDS,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _split(self, name):
        """Return the meanings of a line of synonyms, each as a tuple of its words."""
        meanings = [tuple(word.text for word in words(part)) for part in (name or "").split(",")]
        return list(filter(None, meanings))

    @api.model
    @tools.ormcache()
    def _get_synonyms(self):
        """Return by lexeme of a word what else an article may have for it, with its worth."""
        found = {}
        # sudo: whoever searches is understood; the words of synonyms are shown to nobody
        for synonym in self.sudo().search([("name", "!=", False)]):
            meanings = self._split(synonym.name)
            for meaning in meanings:
                if len(meaning) > 1:
                    continue
                for other in meanings:
                    worth = WORTH if len(other) == 1 else PART_WORTH
                    others = {lexeme: worth for word in other for lexeme in lexemes(word)}
                    for lexeme in lexemes(meaning[0]):
                        found.setdefault(lexeme, {}).update(others)
        return found

    @api.model
    def _widen(self, query):
        """Return a query that looks for the synonyms of its words as well."""
        known = self._get_synonyms()
        groups = []
        for group in query.groups:
            wider = {}
            for lexeme in group.lexemes:
                wider |= known.get(lexeme, {})
            groups.append(replace(group, lexemes=wider | group.lexemes) if wider else group)
        return replace(query, groups=tuple(groups))
