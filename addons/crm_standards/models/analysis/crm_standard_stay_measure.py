from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.crm_deadline.logic.term import Term

from ...logic.gate import Subject, is_in_scope

HOUR = 3600
WORKING_TIME = Term(1, "working_hours")


class CrmStandardStayMeasure(models.AbstractModel):
    """Measures stays in working time and against the time limits in force.

    The working hours of each company are read and expanded once for a batch.
    """

    _name = "crm.standard.stay.measure"
    _description = "Measure of Stays"

    @api.model
    def _get_calendar(self, company, team):
        """Hook: return the working hours by which a stay is measured.

        :param team: ``crm.team``, maybe empty; core's teams have no hours of their own
        """
        return company.resource_calendar_id

    @api.model
    def _schedule_of(self, stay):
        """Return the working time by which one stay is measured."""
        company = stay.company_id or self.env.company
        # sudo: the length of a stay is the same for everybody who may see it
        calendar = self._get_calendar(company.sudo(), stay.team_id.sudo())
        return calendar._get_deadline_schedule(WORKING_TIME, company)

    @api.model
    def _measure(self, stays) -> None:
        """Write how long ended stays were, all in one statement."""
        rules = self.env["crm.standard.time.limit"]._get_rules()
        values: dict[int, tuple] = {}
        for group in stays.grouped(lambda stay: (stay.company_id, stay.team_id)).values():
            schedule = self._schedule_of(group[:1])
            due_dates = self._get_due_dates(group, rules)
            for stay in group:
                hours = schedule.elapsed(stay.date_from, stay.date_to) / HOUR
                due = due_dates.get(stay.id)
                lost = schedule.elapsed(due, stay.date_to) / HOUR if due else None
                late = (100.0 if stay.date_to > due else 0.0) if due else None
                values[stay.id] = (hours, due, lost, late)
        self._store(values)

    @api.model
    def _store(self, values: dict[int, tuple]) -> None:
        """Write measures by id of the stay: hours, due time, hours lost, late in percent."""
        if not values:
            return
        hours, dues, lost, late = map(list, zip(*values.values(), strict=True))
        self.env.execute_query(
            SQL(
                """
                UPDATE crm_standard_stay AS stay
                   SET working_hours = new.hours, spent_hours = new.hours, date_due = new.due,
                       lost_hours = new.lost, late_percent = new.late
                  FROM unnest(%s::int[], %s::float8[], %s::timestamp[], %s::float8[], %s::float8[])
                       AS new(id, hours, due, lost, late)
                 WHERE stay.id = new.id
             RETURNING stay.id
                """,
                list(values),
                hours,
                dues,
                lost,
                late,
            )
        )
        self.env["crm.standard.stay"].invalidate_model()

    @api.model
    def _get_due_dates(self, stays, rules: Sequence) -> dict[int, datetime]:
        """Return by when each stay should have ended, of those a time limit speaks of.

        Time that passed before a rule was in force is not held against anybody.
        """
        due_dates: dict[int, datetime] = {}
        for rule in rules:
            record = self.env["crm.standard.rule"].browse(rule.id)
            subjects = self._filter_by_rule(stays, rule)
            since = record.date_in_force
            subjects = subjects.filtered(lambda stay, since=since: since and stay.date_to > since)
            starts = [max(stay.date_from, since) for stay in subjects]
            company = stays[:1].company_id or self.env.company
            try:
                planned = record.policy_id._get_due_dates(starts, company=company)
            except UserError:
                continue  # the page of problems names a calendar without hours
            for stay, due in zip(subjects, planned, strict=True):
                due_dates[stay.id] = min(due, due_dates.get(stay.id, due))
        return due_dates

    @api.model
    def _filter_by_rule(self, stays, rule):
        """Return the stays a time limit speaks of; its condition is asked of the leads today."""

        def is_subject(stay) -> bool:
            subject = Subject(
                stay.company_id.id or None,
                stay.team_id.id or None,
                stay.lead_type or "opportunity",
            )
            in_scope = is_in_scope(rule.scope, subject, stay.date_to.date())
            return stay.stage_id.id in rule.stage_ids and in_scope

        stays = stays.filtered(is_subject)
        if rule.domain and stays:
            meets = self.env["crm.standard.gate"]._meets
            stays = stays.filtered(lambda stay: meets(stay.lead_id, rule))
        return stays
