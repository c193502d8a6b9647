"""Erasing a person: his words leave the registers, the facts stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: What stands where something was erased.
ERASED = "[…]"
#: A shorter text would be found in words that have nothing to do with the person.
SHORTEST = 3
#: Registers that guard themselves instead of being ``crm.deadline.sealed``.
GUARDED = (
    "crm.standard.acknowledgement",
    "crm.standard.assignment",
    "crm.standard.comment",
    "crm.standard.handover",
    "crm.standard.transition",
    "crm.standard.violation",
)
#: The types of fields that hold words, and of their columns.
TEXTS = {
    "char": SQL("varchar"),
    "text": SQL("text"),
    "html": SQL("text"),
    "json": SQL("jsonb"),
}
ALL = SQL("TRUE")
#: What a version says was approved under a mark, and is about work, not about a person.
KEPT = ("crm.standard.version",)


class CrmStandardErasure(models.AbstractModel):
    """The one private door by which names, addresses and numbers of people leave the registers.

    Registers refer to people by id, so that whoever renames or deletes a contact has hardly
    anything left to erase: names of documents as they were called then, and what people wrote.
    These words are replaced; ids, moments, stages and verdicts stay, and so does every seal,
    since none is taken of these words. Nobody reaches this from outside: an administrator calls
    it from the shell, before the contact is deleted or after.
    """

    _name = "crm.standard.erasure"
    _description = "Erasure of a Person"

    @api.model
    def _erase(self, words: Iterable[str]) -> int:
        """Replace these texts wherever registers hold them; return in how many lines.

        Case does not count; a text is found as a whole word only. The history notes how much was
        erased, by whom and when, and not what.

        :param words: the person's name, e-mail, phone, names of his opportunities ...
        :raise UserError: a text is too short to mean one person
        """
        texts = sorted({word.strip() for word in words}, key=len, reverse=True)
        if not texts or len(texts[-1]) < SHORTEST:
            raise UserError(
                self.env._("Give at least %(count)s signs of each text.", count=SHORTEST)
            )
        # PostgreSQL reads these signs as Python does
        pattern = rf"(?<!\w)({'|'.join(map(re.escape, texts))})(?!\w)"
        self.env.flush_all()
        registers = dict(self._get_registers())
        statements = [
            self._erase_sql(model, names, pattern) for model, names in registers.items() if names
        ]
        said = SQL("model = ANY(%s)", [model._name for model in registers])
        messages = self.env["mail.message"]
        statements.append(self._erase_sql(messages, ["subject", "body"], pattern, said))
        count = sum(len(self.env.execute_query(statement)) for statement in statements)
        self.env.invalidate_all(flush=False)
        self.env["crm.standard.history"]._append(
            [
                {
                    "date": self.env.cr.now(),
                    "user_id": self.env.uid,
                    "subject": self.env._("Erasure of a person"),
                    "what": self.env._("Lines"),
                    "new_value": str(count),
                }
            ]
        )
        return count

    @api.model
    def _get_registers(self) -> Iterator[tuple[models.BaseModel, list[str]]]:
        """Return each register, and those of its columns in which people's words may stand."""
        sealed = self.env.registry["crm.deadline.sealed"]
        for name, model_class in self.env.registry.items():
            model = self.env[name]
            is_register = issubclass(model_class, sealed) or name in GUARDED
            if is_register and name not in KEPT and model._auto and not model._abstract:
                yield (
                    model,
                    [
                        name
                        for name, field in model._fields.items()
                        if field.store and field.type in TEXTS and not field.translate
                    ],
                )

    @api.model
    def _erase_sql(self, model, names: list[str], pattern: str, where: SQL = ALL) -> SQL:
        """Return the statement that replaces what fits the pattern, and the ids it touched."""
        columns = [(SQL.identifier(name), TEXTS[model._fields[name].type]) for name in names]
        return SQL(
            "UPDATE %s SET %s WHERE %s AND (%s) RETURNING id",
            SQL.identifier(model._table),
            SQL(", ").join(
                SQL(
                    "%s = regexp_replace(%s::text, %s, %s, 'gi')::%s",
                    column,
                    column,
                    pattern,
                    ERASED,
                    kind,
                )
                for column, kind in columns
            ),
            where,
            SQL(" OR ").join(SQL("%s::text ~* %s", column, pattern) for column, _kind in columns),
        )
