from odoo import api, models


class CrmKnowledgeCited(models.AbstractModel):
    """A record that articles speak of: when it changes, the articles are to be verified.

    A model gets it with ``_inherit = ["crm.knowledge.cited", "the.model"]``; the hooks say which
    of its fields articles speak of, and which articles these are.
    """

    _name = "crm.knowledge.cited"
    _description = "Record Cited by Articles"

    def write(self, vals):
        names = [name for name in self._get_cited_fields() if name in vals]
        if not names:
            return super().write(vals)
        before = self._get_cited_values(names)
        result = super().write(vals)
        after = self._get_cited_values(names)
        for record in self:
            changed = [name for name in names if before[record.id][name] != after[record.id][name]]
            if changed:
                record._doubt_articles(changed)
        return result

    def _get_cited_values(self, names):
        # sudo: whoever may write need not be able to read every field; nothing is shown
        return {record.id: {name: record[name] for name in names} for record in self.sudo()}

    @api.model
    def _get_cited_fields(self):
        """Hook: return the fields whose change makes an article doubtful."""
        return []

    def _doubt_articles(self, names):
        """Hook: these fields of the record have changed; doubt the articles that speak of it."""

    @api.model
    def _get_field_labels(self, names):
        """Return the labels of fields, as a list in a sentence."""
        return ", ".join(self._fields[name]._description_string(self.env) for name in names)
