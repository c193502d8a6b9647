from __future__ import annotations

from collections.abc import Iterator

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, ormcache

from ...logic.entry import Line
from .entry_book import MODELS, SUBJECTS, Population

#: Signs around a text that say nothing, as Python's own ``strip`` sees them.
BLANKS = " \t\n\r\f\v"


class CrmStandard(models.Model):
    """A data-entry standard has lines: which fields, what goes into them, in what form."""

    _inherit = "crm.standard"

    entry_ids = fields.One2many("crm.standard.entry", "standard_id", string="Data Entry", copy=True)

    @api.depends("entry_ids.problem")
    def _compute_problem(self):
        result = super()._compute_problem()
        for standard in self:
            lines = [
                f"{line.name}: {line.problem}"
                for line in standard.entry_ids
                if line.problem and line.active
            ]
            standard.problem = "\n".join([*filter(None, [standard.problem]), *lines])
        return result

    def _get_entry_domain(self, subject: str, condition: str = "") -> Domain:
        """Hook: return which records the lines of this standard about a subject speak of.

        A contact belongs to the team of its salesperson; one that all companies share, to the
        company of its salesperson.
        """
        self.ensure_one()
        domain = Domain(SUBJECTS[subject])
        teams = self.with_context(active_test=False).team_ids.ids
        if subject == "lead":
            if self.company_id:
                domain &= Domain("company_id", "=", self.company_id.id)
            if teams:
                domain &= Domain("team_id", "in", teams)
            if self.lead_type:
                domain &= Domain("type", "=", self.lead_type)
        else:
            domain &= self._get_strangers_domain()
            if self.company_id:
                domain &= Domain("company_id", "=", self.company_id.id) | (
                    Domain("company_id", "=", False)
                    & Domain("user_id.company_id", "=", self.company_id.id)
                )
            if teams:
                domain &= Domain("user_id.sale_team_id", "in", teams)
        if condition:
            domain &= self.env["crm.standard.rule"]._parse_domain(condition)
        return domain

    @api.model
    def _get_strangers_domain(self) -> Domain:
        """Return the contacts that are none of our own companies: those are no customers."""
        # which companies there are is no secret, archived ones are ours as well
        # pylint: disable=no-search-all; there are few
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        return Domain("id", "not in", companies.search([]).partner_id.ids)


class CrmStandardEntry(models.Model):
    """The lines in force, kept in memory, and what they mean to the database."""

    _inherit = "crm.standard.entry"

    @api.model
    @ormcache()
    def _get_book(self) -> tuple[Population, ...]:
        """Return the lines of all standards in force, of all companies, by whom they speak of.

        The caller looks whether their dates hold. Lines that cannot be applied are left out, so
        that one broken line stops nobody's work.
        """
        found: dict[tuple, list[Line]] = {}
        for line in self._search_law():
            if not line.problem or line.is_runaway:
                standard = line.standard_id
                key = (line.subject, line.domain or "", standard)
                found.setdefault(key, []).append(line._to_logic())
        return tuple(
            Population(
                model=MODELS[subject],
                domain=standard._get_entry_domain(subject, domain),
                date_from=standard.date_from or None,
                date_to=standard.date_to or None,
                lines=tuple(lines),
            )
            for (subject, domain, standard), lines in found.items()
        )

    @api.model
    def _get_populations(self, model: str) -> Iterator[Population]:
        """Yield who is spoken of today among the records of a model, with the lines that do."""
        today = self.env.cr.now().date()  # not the user's day: he chooses his time zone
        for population in self._get_book():
            if population.model == model and population.is_valid_on(today):
                yield population

    @api.model
    @ormcache("model")
    def _get_watched_fields(self, model: str) -> frozenset[str]:
        """Return the fields whose writing may make or close a gap, or bring a line to speak."""
        watched: set[str] = set()
        for population in self._get_book():
            if population.model == model:
                watched.update(line.field_name for line in population.lines)
                leaves = population.domain.iter_conditions()
                watched.update(leaf.field_expr.split(".")[0] for leaf in leaves)
        fields_of = self.env[model]._fields
        names, todo = set(), [name for name in watched if name in fields_of]
        while todo:
            name = todo.pop()
            if name not in names and name in fields_of:
                names.add(name)
                todo += [path.split(".")[0] for path in self.pool.field_depends[fields_of[name]]]
        return frozenset(names)

    @api.model
    def _is_filled_sql(self, model, name: str, alias: str) -> SQL:
        """Return the condition that a field says something, as ``logic.gate.is_filled`` means it.

        :param model: an empty recordset of the model
        """
        field = model._fields[name]
        if field.type == "many2many":
            return SQL(
                "EXISTS (SELECT FROM %s AS rel WHERE rel.%s = %s)",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(alias, "id"),
            )
        column = SQL.identifier(alias, name)
        if field.type in ("char", "text"):
            return SQL("btrim(%s, %s) <> ''", column, BLANKS)
        if field.type == "selection":
            return SQL("%s NOT IN ('', '0')", column)
        if field.type in ("integer", "float", "monetary"):
            return SQL("%s <> 0", column)
        return SQL("%s IS NOT NULL", column)
