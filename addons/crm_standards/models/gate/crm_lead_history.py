from odoo import api, models
from odoo.tools import SQL, ormcache

#: Types of columns whose emptiness the log keeps in mind; lists have tables of their own.
SCALARS = frozenset(
    {"boolean", "char", "date", "datetime", "float", "html", "integer", "many2one", "monetary"}
    | {"selection", "text"}
)


class CrmLead(models.Model):
    """What the log of stages notes about a lead, and how history is asked about the rest."""

    _inherit = "crm.lead"

    @api.model
    @ormcache()
    def _get_logged_field_names(self) -> tuple[str, ...]:
        """Return the fields whose emptiness is written down with each move.

        They are those a rule may ask for, as far as the lead's own table holds them: reading them
        costs no statement, because the gate has the lead at hand.
        """
        return tuple(
            sorted(
                name
                for name, field in self._fields.items()
                if field.store
                and field.type in SCALARS
                and not field.readonly
                and not field.company_dependent
                and name != "stage_id"
            )
        )

    @api.model
    def _is_empty_sql(self, alias: str, name: str) -> SQL:
        """Return the condition that a field is empty today, as the gate understands it.

        :param alias: the alias of the table of leads
        """
        field = self._fields[name]
        column = SQL.identifier(alias, name)
        match field.type:
            case "many2many":
                return SQL(
                    "NOT EXISTS (SELECT 1 FROM %s WHERE %s = %s)",
                    SQL.identifier(field.relation),
                    SQL.identifier(field.relation, field.column1),
                    SQL.identifier(alias, "id"),
                )
            case "boolean":
                return SQL("%s IS NOT TRUE", column)
            case "integer" | "float" | "monetary":
                return SQL("COALESCE(%s, 0) = 0", column)
            case "selection":
                return SQL("COALESCE(%s, '') IN ('', '0')", column)
            case "html":
                # what core's is_html_empty strips; an icon alone counts as empty here
                return SQL(
                    "regexp_replace(COALESCE(%s, ''), %s, '', 'g') = ''",
                    column,
                    r"</?(p|div|section|span|br|b|i|font)\y[^>]*>|&nbsp;|\s",
                )
            case "char" | "text":
                return SQL(r"COALESCE(%s, '') ~ '^\s*$'", column)
            case _:
                return SQL("%s IS NULL", column)
