from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psycopg2 import errors
from stdnum import get_cc_module
from stdnum.exceptions import ValidationError as NotANumber

from odoo import api, models
from odoo.tools import SQL, email_normalize, mute_logger

from ...logic.entry import Line, fits

#: A pattern may take so long on all texts of one piece of work, in milliseconds.
TIME_LIMIT = 500


@dataclass(frozen=True)
class Outcome:
    """What comparing texts with a pattern gave: the places that do not match, or why not."""

    mismatches: frozenset[int] = frozenset()
    error: str = ""
    is_late: bool = False


class CrmStandardEntryForm(models.AbstractModel):
    """Whether what is written has the form that a line asks."""

    _name = "crm.standard.entry.form"
    _description = "Form of an Entry"

    @api.model
    def _find_malformed(self, line: Line, records) -> frozenset[int]:
        """Return the ids (or new ids) of the records whose value has another form than asked.

        Nothing is said about empty values. Asks the database once for a pattern, and not at all
        for any other form.
        """
        if line.form.kind == "any":
            return frozenset()  # the field may be a record, a number or a date
        texts = {record: record[line.field_name] for record in records}
        texts = {record: text for record, text in texts.items() if text and text.strip()}
        if not texts:
            return frozenset()
        bad = {record.id for record, text in texts.items() if not fits(line.form, text)}
        left = {record: text for record, text in texts.items() if record.id not in bad}
        if line.form.kind == "pattern":
            return frozenset(bad | self._find_mismatched(line, left))
        tests: dict[str, Callable] = {
            "email": lambda record, text: bool(email_normalize(text)),
            "phone": self._is_phone,
            "tax_id": self._is_tax_id,
        }
        if test := tests.get(line.form.kind):
            bad |= {record.id for record, text in left.items() if not test(record, text)}
        return frozenset(bad)

    @api.model
    def _find_mismatched(self, line: Line, texts: dict) -> set:
        """Return the ids of the records whose text does not match the line's pattern.

        A pattern that runs away says nothing about anybody, and is not applied again.
        """
        records = list(texts)
        outcome = self._match(line.form.pattern, [texts[record].strip() for record in records])
        if outcome.is_late and not self.env.cr.readonly:
            # not the right of whoever happens to type when it comes out
            self.env["crm.standard.entry"].sudo().browse(line.id)._mark_runaway()
        return {records[place].id for place in outcome.mismatches}

    @api.model
    def _match(self, pattern: str, texts: Sequence[str]) -> Outcome:
        """Compare texts with a pattern, for no longer than the time limit.

        PostgreSQL does it: its engine knows no runaway for most patterns, and stops when told so;
        Python's can do neither.
        """
        limit = SQL("SELECT set_config('statement_timeout', %s, true)", f"{TIME_LIMIT}ms")
        compare = SQL(
            "SELECT place FROM unnest(%s::text[]) WITH ORDINALITY AS texts(text, place)"
            " WHERE text !~ %s",
            list(texts),
            f"^(?:{pattern})$",
        )
        cr = self.env.cr
        ((before,),) = self.env.execute_query(SQL("SELECT current_setting('statement_timeout')"))
        try:
            with mute_logger("odoo.sql_db"), cr.savepoint(flush=False):
                self.env.execute_query(limit)
                rows = self.env.execute_query(compare)
                self.env.execute_query(
                    SQL("SELECT set_config('statement_timeout', %s, true)", before)
                )
        except errors.QueryCanceled:
            return Outcome(is_late=True)
        except errors.InvalidRegularExpression as error:
            return Outcome(error=str(error).splitlines()[0])
        return Outcome(frozenset(place - 1 for (place,) in rows))

    @api.model
    def _is_phone(self, record, text: str) -> bool:
        """Tell whether a text is a phone number that can exist, by core's own tool."""
        return bool(record._phone_format(number=text))

    @api.model
    def _is_tax_id(self, record, text: str) -> bool:
        """Tell whether a text is a tax number by the rules of its country.

        A number that begins with the mark of a country is judged by that country, any other by the
        record's own, or else the company's. “/” means that there is none, as core has it. Where
        the rules of a country are not known every number is right.
        """
        number = text.strip()
        if number == "/":
            return True
        countries = [(record.country_id or self.env.company.country_id).code or ""]
        if number[:2].isalpha():
            countries.insert(0, number[:2])
        modules = [module for code in countries if code and (module := self._get_tax_module(code))]
        return not modules or any(self._passes(module, number) for module in modules)

    @api.model
    def _get_tax_module(self, country_code: str):
        """Return the rules for tax numbers of a country, or None."""
        return get_cc_module(country_code.lower(), "vat")

    @api.model
    def _passes(self, module, number: str) -> bool:
        """Tell whether a number keeps the rules of a country."""
        try:
            return bool(module.validate(number))
        except NotANumber:
            return False
