import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .crm_kpi_incident import OPEN, OVER

_logger = logging.getLogger(__name__)


class CrmKpiWatch(models.Model):
    """The job: what is found is noted once, and what is found no more is over."""

    _inherit = "crm.kpi.watch"

    @api.model
    def _cron_find(self):
        """Look by all rules; what breaks one of them is named there, and stops no other."""
        # pylint: disable=no-search-all; a handful of rules
        rules = self.sudo().search([])  # sudo: what is found does not depend on who starts it
        self.env["ir.cron"]._commit_progress(remaining=len(rules))
        for rule in rules:
            rule._try_find()
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _try_find(self):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._find(fields.Date.context_today(self))
            problem = False
        except psycopg2.extensions.TransactionRollbackError:
            raise
        except Exception as error:  # whatever is wrong with a rule
            _logger.warning("The rule %s cannot be followed: %s", self.name, error)
            problem = str(error)
        self.write({"problem": problem, "date_looked": fields.Datetime.now()})

    def action_find(self):
        """Look now."""
        self.check_access("write")
        for rule in self.sudo():  # sudo: as the job does
            rule._try_find()
        return True

    def _find(self, day):
        """Note what this rule finds on a day."""
        self.ensure_one()
        found = {finding.key: finding for finding in self._get_findings(day)}
        known = self._get_living()
        now = fields.Datetime.now()
        self.env["crm.kpi.incident"]._create_found(
            [
                self._prepare_incident(finding, day, now)
                for key, finding in found.items()
                if key not in known
            ]
        )
        for key, incident in known.items():
            if key in found:
                incident._write_found(self._prepare_seen(found[key], now))
            else:
                state = OVER if incident.state == OPEN else incident.state
                incident._write_found({"date_over": now, "state": state})

    def _get_living(self):
        """Return incidents of this rule that were still there at the last look, by key."""
        incidents = self.env["crm.kpi.incident"].search(
            [("rule_id", "=", self.id), ("date_over", "=", False)]
        )
        return {incident.key: incident for incident in incidents}

    def _prepare_seen(self, finding, now):
        return {
            "value": finding.value or 0,
            "limit_value": finding.limit or 0,
            "badness": finding.badness,
            "date_seen": now,
        }

    def _prepare_incident(self, finding, day, now):
        """Hook: return the values of a new incident."""
        return {
            **self._prepare_seen(finding, now),
            "rule_id": self.id,
            "company_id": self.company_id.id,
            "key": finding.key,
            "user_id": finding.user_id or False,
            "team_id": finding.team_id or False,
            "stage_id": finding.stage_id or False,
            "partner_id": finding.partner_id or False,
            "indicator_id": finding.indicator_id or False,
            "card_id": finding.card_id or False,
            "since": finding.since,
            "until": finding.until,
            "date_found": now,
            "owner_id": self._find_owner(finding).id,
            "date_deadline": day + timedelta(days=self.term_days),
        }

    def _find_owner(self, finding):
        """Hook: return who has to find the cause: somebody else than whom it concerns."""
        user = self.env["res.users"].browse(finding.user_id)
        team = self.env["crm.team"].browse(finding.team_id) or user.sale_team_id
        for owner in (self.owner_id, team.user_id):
            if owner and owner != user:
                return owner
        return self.create_uid - user
