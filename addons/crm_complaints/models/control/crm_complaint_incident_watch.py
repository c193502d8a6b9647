from __future__ import annotations

import itertools
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...logic import rise

#: How many earlier periods make the history of a thing.
PERIODS = 12
#: Why it went wrong: the reported reason, or the confirmed cause.
REASONS = ("category_id", "cause_id")


class CrmComplaintIncident(models.Model):
    """The daily look for sudden rises, by one statement for each way of looking."""

    _inherit = "crm.complaint.incident"

    @api.model
    def _cron_watch(self):
        """Open an incident for each rise that has none; bring the counts of open ones up to date.

        A second run changes nothing; one way of looking that fails does not stop the others.
        """
        companies = self.env["res.company"].search(Domain.TRUE)
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(companies))
        for company in companies:
            self._watch(company, self.env.cr.now())
            if not commit(1):
                return

    @api.model
    def _watch(self, company, now):
        """Look at the complaints of one company; return the incidents that were opened."""
        opened = self.browse()
        for reason, beside in itertools.product(REASONS, (None, *self._get_besides())):
            for key, counts in self._count(company, reason, beside, now).items():
                verdict = rise.judge(counts[0], counts[1:])
                if verdict.is_rise:
                    opened |= self._open(company, reason, beside, key, verdict, now)
        return opened

    @api.model
    def _count(self, company, reason, beside, now):
        """Return the counts of each thing, the present period first, in the order of time back."""
        self.env["crm.complaint"].flush_model()
        days = company.complaint_rise_days
        rows = self.env.execute_query(
            SQL(
                """
                SELECT %(reason)s, %(beside)s,
                       floor(EXTRACT(EPOCH FROM %(now)s - complaint.date_received) / %(length)s),
                       ROUND(SUM(%(weight)s))
                  FROM crm_complaint AS complaint %(joins)s
                 WHERE complaint.company_id = %(company)s
                   AND complaint.date_received > %(since)s AND complaint.date_received <= %(now)s
                   AND complaint.state != 'cancelled'
                   AND %(reason)s IS NOT NULL AND %(known)s
              GROUP BY 1, 2, 3
                """,
                **self._prepare_look(reason, beside),
                now=now,
                length=days * 86400,
                since=now - timedelta(days=days * (PERIODS + 1)),
                company=company.id,
            )
        )
        counts: dict[tuple, list[int]] = {}
        for reason_id, beside_id, period, count in rows:
            periods = counts.setdefault((reason_id, beside_id), [0] * (PERIODS + 1))
            periods[min(int(period), PERIODS)] += int(count)
        return {key: periods for key, periods in counts.items() if periods[0]}

    @api.model
    def _prepare_look(self, reason, beside):
        """Return the parts of the statement for a way of looking."""
        joins, weight = SQL(), SQL("1")
        reason_sql = SQL("complaint.category_id")
        if reason == "cause_id":
            shares = self.env["crm.complaint.report.cause"]._get_share_query()
            joins = SQL("JOIN (%s) AS share ON share.complaint_id = complaint.id", shares)
            reason_sql, weight = SQL("share.cause_id"), SQL("share.weight")
        beside_sql = SQL("NULL::int")
        if beside:
            beside_sql, join = self._get_besides()[beside]
            joins = SQL("%s %s", joins, join)
        known = SQL("%s IS NOT NULL", beside_sql) if beside else SQL("TRUE")
        return {
            "reason": reason_sql,
            "beside": beside_sql,
            "joins": joins,
            "weight": weight,
            "known": known,
        }

    @api.model
    def _get_thing_fields(self):
        """Return the fields that name what rose."""
        return [*REASONS, *self._get_besides()]

    @api.model
    def _get_besides(self):
        """Hook: return with whom or what each reason is looked at: fields of an incident.

        :return: by the field's name, its value as SQL over ``complaint``, and the join it needs
        """
        about = SQL(
            "JOIN crm_complaint_about_user_rel AS about ON about.crm_complaint_id = complaint.id"
        )
        return {
            "product_id": (SQL("complaint.product_id"), SQL()),
            "about_user_id": (SQL("about.res_users_id"), about),
        }

    @api.model
    def _open(self, company, reason, beside, key, verdict, now):
        """Open the incident of a rise, or bring the open one up to date; return a new one."""
        thing = {
            "company_id": company.id,
            **dict.fromkeys(self._get_thing_fields(), False),
            reason: key[0],
        }
        if beside:
            thing[beside] = key[1]
        known = self.search(
            [("state", "=", "open"), *((name, "=", value) for name, value in thing.items())]
        )
        facts = {
            "case_count": verdict.count,
            "usual_count": verdict.usual,
            "limit_count": verdict.limit,
            "day_count": company.complaint_rise_days,
        }
        if known:
            if known.case_count != verdict.count:
                known._write_facts(facts)
            return self.browse()
        if self._is_just_closed(thing, company, now):
            return self.browse()
        incident = self._found_create(
            [{**thing, **facts, "date_open": now, "subject": self._name_thing(thing)}]
        )
        incident._tell_owner()
        return incident

    @api.model
    def _is_just_closed(self, thing, company, now):
        """Whether somebody has closed an incident of this thing within the days looked at.

        The same complaints would open it again.
        """
        since = now - timedelta(days=company.complaint_rise_days)
        domain = [(name, "=", value) for name, value in thing.items()]
        return bool(self.search_count([*domain, ("date_closed", ">", since)], limit=1))

    @api.model
    def _name_thing(self, thing):
        names = [name for name in self._get_thing_fields() if thing[name]]
        parts = [
            self.env[self._fields[name].comodel_name].browse(thing[name]).display_name
            for name in names
        ]
        return self.env._("Rise: %(thing)s", thing=" · ".join(parts))

    def _tell_owner(self):
        """Ask the leader of the category's team, or whom the company has named, to look into it.

        Nobody looks into an incident about himself.
        """
        self.ensure_one()
        candidates = (
            self.category_id.team_id.user_id,
            self.company_id.complaint_incident_user_id,
        )
        for candidate in candidates:
            owner = candidate._deadline_stand_in() if candidate else candidate
            if owner and owner != self.about_user_id and self._may_own(owner):
                break
        else:
            return
        self.owner_id = owner
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=owner.id,
            summary=self.env._("Complaints rose suddenly: find out why"),
            note=self.subject,
            date_deadline=fields.Date.context_today(self) + timedelta(days=1),
        )

    def _may_own(self, user):
        """Whether a person may be told; of an incident about an employee only managers are."""
        group = "group_manager" if self.about_user_id else "group_user"
        return user.has_group(f"crm_complaints.{group}")
