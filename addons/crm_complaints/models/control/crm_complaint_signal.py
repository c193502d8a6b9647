from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.bottleneck import bottleneck
from ..case.crm_complaint_stage import OPEN_KINDS


class CrmComplaintSignal(models.Model):
    """Most open complaints of a team stand in one stage: the department does not cope.

    Opened once by a daily job, which tells the team's leader, and closed by it when it is over.
    """

    _name = "crm.complaint.signal"
    _description = "Bottleneck of Complaints"
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin"]
    _order = "date_open desc, id desc"
    _mail_post_access = "read"  # the leader answers his activity; the facts stay sealed

    stage_id = fields.Many2one(
        "crm.complaint.stage", required=True, readonly=True, ondelete="restrict"
    )
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="cascade", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    case_count = fields.Integer("Complaints in the Stage", readonly=True, help="At the last look.")
    total_count = fields.Integer("Open Complaints", readonly=True, help="At the last look.")
    percent = fields.Float("Share (%)", readonly=True, aggregator="avg", help="At the last look.")
    limit_percent = fields.Integer("Limit (%)", readonly=True, aggregator="avg")
    date_open = fields.Datetime("Since", required=True, readonly=True)
    date_close = fields.Datetime("Over since", readonly=True)
    state = fields.Selection(
        [("open", "Going on"), ("closed", "Over")], readonly=True, required=True, index=True
    )

    _open_once = models.UniqueIndex(
        "(stage_id, COALESCE(team_id, 0), company_id) WHERE state = 'open'",
        "This signal is open already.",
    )

    @api.depends("stage_id", "team_id", "percent")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for signal in self:
            signal.display_name = self.env._(
                "%(team)s: %(percent)s %% of open complaints in “%(stage)s”",
                team=signal.team_id.name or self.env._("No team"),
                percent=round(signal.percent),
                stage=signal.stage_id.name,
            )

    def action_complaints(self):
        """Open the complaints that stand there now, as far as the viewer may see them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_complaints.crm_complaint_action"
        )
        domain = [
            ("stage_id", "=", self.stage_id.id),
            ("team_id", "=", self.team_id.id),
            ("company_id", "=", self.company_id.id),
        ]
        return {**action, "domain": domain, "context": {}}

    @api.model
    def _cron_look(self):
        """Open, bring up to date and close signals; a second run changes nothing."""
        found = self.browse()
        for (company_id, team_id), counts in self._count_open().items():
            company = self.env["res.company"].browse(company_id)
            team = self.env["crm.team"].browse(team_id or ())
            limit = team.complaint_signal_percent or company.complaint_signal_percent
            stage_id = bottleneck(counts, company.complaint_signal_least_count, limit)
            if stage_id:
                found |= self._raise_signal(stage_id, team, company, counts, limit)
        self.search([("state", "=", "open"), ("id", "not in", found.ids)])._close()

    @api.model
    def _count_open(self) -> dict[tuple[int, int | None], dict[int, int]]:
        """Return how many open complaints stand in each stage, by company and team."""
        self.env["crm.complaint"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, team_id, stage_id, COUNT(*)
                  FROM crm_complaint
                 WHERE active AND state IN %s
              GROUP BY company_id, team_id, stage_id
                """,
                OPEN_KINDS,
            )
        )
        cases: dict[tuple[int, int | None], dict[int, int]] = {}
        for company_id, team_id, stage_id, count in rows:
            cases.setdefault((company_id, team_id), {})[stage_id] = count
        return cases

    @api.model
    def _raise_signal(self, stage_id, team, company, counts, limit):
        """Return the open signal of a stage and team, brought up to date or just opened."""
        total = sum(counts.values())
        facts = {
            "case_count": counts[stage_id],
            "total_count": total,
            "percent": 100 * counts[stage_id] / total,
            "limit_percent": limit,
        }
        key = {"stage_id": stage_id, "team_id": team.id, "company_id": company.id}
        known = self.search(
            [("state", "=", "open"), *((name, "=", value) for name, value in key.items())]
        )
        if known:
            if any(known[name] != value for name, value in facts.items()):
                known._sealed_write(facts)
            return known
        now = fields.Datetime.now()
        signal = self._sealed_create([{**key, **facts, "state": "open", "date_open": now}])
        signal._tell_leader()
        return signal

    def _tell_leader(self):
        """Ask the leader of the team to look into it."""
        self.ensure_one()
        leader = self.team_id.user_id
        if leader.active:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=leader._deadline_stand_in().id or leader.id,
                summary=self.env._("Most complaints stand in one stage: find out why"),
                note=self.display_name,
            )

    def _close(self):
        """Note that the signals are over, and take what is still to be done off the leader."""
        if self:
            self._sealed_write({"state": "closed", "date_close": fields.Datetime.now()})
            self.activity_unlink(["mail.mail_activity_data_todo"])
