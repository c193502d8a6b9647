import json
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tools import SQL

from .common import StandardsCase

NOW = datetime(2026, 3, 2, 12)


class DryRunCase(StandardsCase):
    """A log written by hand, so that its dates and contents are known."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.flush_all()
        # only this class's lines are in the log: the figures are of the whole period
        cls.env.cr.execute(SQL("UPDATE crm_standard_transition SET origin = 'baseline'"))

    def line(self, lead, stage_from, stage_to, date=NOW, empty=(), **values):
        """Write a line into the log behind its back and return its id."""
        vals = {
            "lead_id": lead.id,
            "lead_name": lead.name,
            "date": date,
            "stage_from_id": stage_from.id or None,
            "stage_to_id": stage_to.id or None,
            "outcome_to": "pending",
            "user_id": self.salesman.id,
            "team_id": self.team.id,
            "company_id": lead.company_id.id or None,
            "origin": "person",
            "finding_count": 0,
            "lead_type": "opportunity",
            "empty_fields": None if empty is None else json.dumps(list(empty)),
            **values,
        }
        columns = SQL(", ").join(map(SQL.identifier, vals))
        rows = self.env.execute_query(
            SQL(
                "INSERT INTO crm_standard_transition (%s) VALUES %s RETURNING id",
                columns,
                tuple(vals.values()),
            )
        )
        return rows[0][0]

    def deal(self, **values):
        """Return an opportunity whose own birth is not among the moves tried."""
        lead = self.lead(**values)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE crm_standard_transition SET origin = 'baseline' WHERE lead_id = %s", lead.id
            )
        )
        return lead

    def draft(self, *rules, **values):
        """Return a standard with rules that is not in force."""
        standard = self.standard(*rules, **values)
        standard.action_back_to_draft()
        return standard

    def try_on(self, standard, days=90, user=None, rules=None):
        """Try a standard as a controller and return the result."""
        runs = self.env["crm.standard.dry.run"].with_user(user or self.controller)
        with freeze_time(NOW + timedelta(hours=1)):
            return runs._try(standard, rules or standard.rule_ids, days)
