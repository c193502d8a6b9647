from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Records looked at between two commits.
BATCH = 2000

#: How long the job believes what it has found.
VALIDITY = timedelta(hours=20)


class CrmStandardEntry(models.Model):
    """The job that looks at the form of all records there are, and how filled a line is."""

    _inherit = "crm.standard.entry"

    filled_percent = fields.Float(
        string="Filled In (%)", digits=(5, 1), compute="_compute_shares", compute_sudo=False
    )
    kept_percent = fields.Float(
        string="As Asked (%)", digits=(5, 1), compute="_compute_shares", compute_sudo=False
    )
    hint = fields.Char(
        compute="_compute_shares", compute_sudo=False, help="What to do about a line few keep."
    )

    @api.depends_context("uid", "allowed_company_ids", "lang")
    def _compute_shares(self):
        report = self.env["crm.standard.entry.report"]
        shares = {
            line.id: found
            for line, *found in report._read_group(
                [("entry_id", "in", self.ids)],
                ["entry_id"],
                ["filled_percent:avg", "kept_percent:avg"],
            )
        }
        rare = self._get_rare_percent()
        for line in self:
            filled, line.kept_percent = shares.get(line._origin.id, (0.0, 0.0))
            line.filled_percent = filled
            line.hint = (
                self.env._(
                    "Hardly anybody fills it in: help people with it, or ask for it no more and"
                    " archive the line."
                )
                if line._origin.id in shares and filled < rare
                else False
            )

    @api.model
    def _get_rare_percent(self) -> int:
        """Return the share in percent below which a field is hardly used."""
        # a setting of the company's, told to everyone by its effect
        parameters = self.env["ir.config_parameter"].sudo()
        value = parameters.get_param("crm_standards.entry_rare_percent", "20")
        return int(value) if value.isdigit() else 20

    @api.model
    def _cron_recheck(self):
        """Look at the form of all records: after a line has changed, and once a day.

        What people write is checked as they write it; this finds what was there before the line,
        and what was changed in the database itself. Goes on where it was interrupted.
        """
        jobs = self.env["ir.cron"]
        due = self.search(
            [
                ("standard_id.state", "=", "in_force"),
                ("standard_id.active", "=", True),
                ("form_check", "!=", "any"),
                "|",
                ("date_checked", "=", False),
                ("date_checked", "<", self.env.cr.now() - VALIDITY),
            ],
            order="date_checked NULLS FIRST, id",
        )
        time_left = jobs._commit_progress(remaining=len(due))
        for line in due:
            while time_left:
                is_done = line._recheck_batch()
                time_left = jobs._commit_progress(int(is_done))
                if is_done:
                    break

    def _recheck_batch(self) -> bool:
        """Look at the next records of the line; return whether it was the last of them."""
        self.ensure_one()
        for population in self._get_populations(self.field_model):
            for line in population.lines:
                if line.id == self.id and line.form.kind != "any":
                    return self._recheck(population, line)
        self._keep({"date_checked": self.env.cr.now(), "last_checked_id": 0})
        return True

    def _recheck(self, population, line) -> bool:
        """Look at the next records of a population; return whether it was the last of them."""
        records = self.env[population.model].with_context(active_test=False)
        domain = population.domain & Domain("id", ">", self.last_checked_id)
        batch = records.search(domain, order="id", limit=BATCH)
        faults = self.env["crm.standard.entry.fault"]
        forms = self.env["crm.standard.entry.form"]
        bad = {(line.id, record_id) for record_id in forms._find_malformed(line, batch)}
        if self.is_runaway:  # found out just now
            return True
        faults._settle(records._name, {(line.id, id_) for id_ in batch.ids}, bad)
        is_last = len(batch) < BATCH
        vals = {"last_checked_id": 0 if is_last else batch[-1].id}
        if is_last:
            vals["date_checked"] = self.env.cr.now()
            self._drop_strangers(population)
        self._keep(vals)
        self.env.flush_all()
        batch.invalidate_recordset(flush=False)
        return is_last

    def _drop_strangers(self, population) -> None:
        """Forget faults of records that the line speaks of no more."""
        faults = self.env["crm.standard.entry.fault"]
        records = self.env[population.model].with_context(active_test=False)
        column = faults._column(population.model)
        self.env.execute_query(
            SQL(
                "DELETE FROM %(table)s WHERE entry_id = %(line)s AND %(column)s NOT IN %(mine)s"
                " RETURNING id",
                table=SQL.identifier(faults._table),
                line=self.id,
                column=column,
                mine=records._search(population.domain).subselect(),
            )
        )
