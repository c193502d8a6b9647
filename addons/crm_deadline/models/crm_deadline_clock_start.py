from odoo import api, fields, models
from odoo.exceptions import UserError

from ..logic import clock as logic
from ..logic.working_time import NoWorkingTime
from .schedules import Schedules


class CrmDeadlineClock(models.Model):
    """How clocks start, in batches.

    Done in sudo, as the moves of the ledger are: the right to start a clock is the right to do
    what it measures, which the calling process has checked.
    """

    _inherit = "crm.deadline.clock"

    @api.model
    def _start(self, vals_list):
        """Start clocks and return them in the order of ``vals_list``.

        Keys: ``res_model``, ``res_id``, ``kind``, ``policy_id``; optional ``date_start``
        (default now), ``user_id``, ``company_id`` (of a record that has none; default: the
        policy's), ``calendar_id`` (default: see the policy), ``reason``.

        :raise UserError: if a record already has an open clock of the kind, or the calendar
            has too little working time
        """
        vals_list = self._fill_companies(vals_list)
        prepared = self._plan_starts([self._prepare_start(vals) for vals in vals_list])
        self._check_not_open(prepared)
        reasons = [vals.pop("reason") for vals in prepared]
        # sudo: see the class
        clocks = self.sudo()._sealed_create(prepared)
        entries = [
            clock._prepare_event(logic.Event(logic.START, clock.date_start), reason, clock.date_due)
            for clock, reason in zip(clocks, reasons, strict=True)
        ]
        self.env["crm.deadline.event"].sudo()._sealed_create(entries)  # sudo: see the class
        return clocks.sudo(self.env.su)

    @api.model
    def _fill_companies(self, vals_list):
        """Return the values with ``company_id``: the record's, or the policy's, or none."""
        ids_by_model = {}
        for vals in vals_list:
            ids_by_model.setdefault(vals["res_model"], []).append(vals["res_id"])
        filled = []
        for vals in vals_list:
            # sudo: the record's company decides whose hours count, whoever starts the clock
            records = self.env[vals["res_model"]].sudo()
            record = records.browse(vals["res_id"]).with_prefetch(ids_by_model[vals["res_model"]])
            policy = self.env["crm.deadline.policy"].sudo().browse(vals["policy_id"])
            company_id = vals.get("company_id") or policy.company_id.id
            if "company_id" in record._fields:
                company_id = record.company_id.id or company_id
            filled.append({**vals, "company_id": company_id})
        return filled

    @api.model
    def _prepare_start(self, vals):
        """Return the values of a new clock, without its due time."""
        # sudo: see the class
        policy = self.env["crm.deadline.policy"].sudo().browse(vals["policy_id"])
        company = self.env["res.company"].browse(vals["company_id"])
        calendar_id = vals.get("calendar_id") or policy._get_calendar(company).id
        start = fields.Datetime.to_datetime(vals.get("date_start")) or fields.Datetime.now()
        start = start.replace(microsecond=0)
        return {
            "res_model_id": self.env["ir.model"]._get_id(vals["res_model"]),
            "res_id": vals["res_id"],
            "kind": vals["kind"],
            "policy_id": policy.id,
            "version_id": policy.version_id.id,
            "company_id": company.id,
            "calendar_id": calendar_id,
            "user_id": vals.get("user_id"),
            "term_amount": policy.term_amount,
            "term_unit": policy.term_unit,
            "day_count": policy.day_count,
            "warning_amount": policy.warning_amount,
            "date_start": start,
            "date_last": start,
            "state": logic.RUNNING,
            "reason": vals.get("reason"),
        }

    @api.model
    def _plan_starts(self, vals_list):
        """Set due and warning time and the first step of the ladder.

        Each calendar is read and expanded once for all clocks by it.
        """
        schedules = Schedules()
        for vals in vals_list:
            # sudo: see the class
            policy = self.env["crm.deadline.policy"].sudo().browse(vals["policy_id"])
            calendar = self.env["resource.calendar"].browse(vals["calendar_id"])
            company = self.env["res.company"].browse(vals["company_id"])
            term = policy._get_term()
            schedule = schedules.get(calendar, company, term)
            try:
                due = schedule.plan(vals["date_start"], term)
            except NoWorkingTime as error:
                raise policy._no_working_time_error(calendar) from error
            vals["date_due"] = due
            vals["date_warning"] = logic.warning_date(
                vals["date_start"], due, vals["warning_amount"], term, schedule
            )
            vals["date_next_step"] = policy._first_step(
                vals["date_start"], due, calendar, company, schedules
            )
        return vals_list

    @api.model
    def _check_not_open(self, vals_list):
        """Raise a readable error where a record has an open clock of the kind already."""
        wanted = {(vals["res_model_id"], vals["res_id"], vals["kind"]) for vals in vals_list}
        # sudo: an open clock the user cannot see counts too
        found = self.sudo().search(
            [
                ("res_model_id", "in", list({key[0] for key in wanted})),
                ("res_id", "in", list({key[1] for key in wanted})),
                ("kind", "in", list({key[2] for key in wanted})),
                ("date_end", "=", False),
            ]
        )
        for clock in found:
            if (clock.res_model_id.id, clock.res_id, clock.kind) in wanted:
                raise UserError(
                    self.env._(
                        'Deadline "%(deadline)s" is already open.', deadline=clock.display_name
                    )
                )
