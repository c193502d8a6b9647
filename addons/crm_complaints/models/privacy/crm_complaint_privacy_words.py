from odoo import api, fields, models
from odoo.tools import SQL

#: What stands where a text must not be empty.
ERASED = "[…]"
#: Texts by which nobody is known: they are the system's own.
KEPT = frozenset({"number", "article"})
#: Fingerprints, by which the same mail is known when it comes again.
KEPT_BY_MODEL = {"crm.complaint.mail": frozenset({"key", "content"})}


class CrmComplaint(models.Model):
    """Which columns hold words or people, of complaints and of all their parts.

    Found by their types, so that what an add-on adds is erased without its doing.
    """

    _inherit = "crm.complaint"

    @api.model
    def _get_word_fields(self, model):
        """Hook: return the names of the stored fields of a model in which people's words stand."""
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.column_type
            and field.type in ("char", "text", "html")
            and not field.translate
            and name not in self._get_kept_fields(model)
        ]

    @api.model
    def _get_kept_fields(self, model):
        """Hook: return the texts of a model that tell nothing about anybody."""
        return KEPT | KEPT_BY_MODEL.get(model._name, frozenset())

    @api.model
    def _get_person_fields(self, model):
        """Hook: return the names of the stored fields of a model that name a person outside."""
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.type == "many2one"
            and field.comodel_name in ("res.partner", "crm.lead")
            and not field.required
        ]

    def _erase_words(self):
        """Empty the words and people in complaints and their parts, by a statement for each."""
        for name, ids in self._get_part_ids().items():
            self._erase_columns(self.env[name], ids)

    def _erase_columns(self, model, ids):
        """Empty what is personal in lines of a model."""
        values = []
        for name in self._get_word_fields(model):
            value = SQL("%s", ERASED) if model._fields[name].required else SQL("NULL")
            values.append((name, value))
        values += [(name, SQL("NULL")) for name in self._get_person_fields(model)]
        if model._name == self._name:
            values = [(name, value) for name, value in values if name != "name"]
            values += [
                ("name", SQL("number")),
                ("date_anonymized", SQL("%s", fields.Datetime.now())),
            ]
        if values:
            self.env.execute_query(
                SQL(
                    "UPDATE %s SET %s WHERE id IN %s RETURNING id",
                    SQL.identifier(model._table),
                    SQL(", ").join(
                        SQL("%s = %s", SQL.identifier(name), value) for name, value in values
                    ),
                    tuple(ids),
                )
            )
