from __future__ import annotations

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic.dry_run import percent
from ...logic.paths import bottleneck


class CrmStandardSignal(models.Model):
    """Most open deals of a team stand in one stage: something in the process holds them up.

    Opened once by a daily job, which tells the team's leader, and closed by it when it is over.
    """

    _name = "crm.standard.signal"
    _description = "Bottleneck Signal"
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin"]
    _order = "date_open desc, id desc"
    _mail_post_access = "read"  # the leader answers his activity; the facts stay sealed

    stage_id = fields.Many2one("crm.stage", ondelete="cascade", required=True, readonly=True)
    team_id = fields.Many2one("crm.team", ondelete="cascade", readonly=True, index="btree_not_null")
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    deal_count = fields.Integer(
        string="Deals in the stage", readonly=True, help="At the last look."
    )
    total_count = fields.Integer(string="Open deals", readonly=True, help="At the last look.")
    percent = fields.Float(
        string="Share (%)", readonly=True, aggregator="avg", help="At the last look."
    )
    limit_percent = fields.Integer(string="Limit (%)", readonly=True, aggregator="avg")
    date_open = fields.Datetime(string="Since", readonly=True)
    date_close = fields.Datetime(string="Over since", readonly=True)
    state = fields.Selection(
        [("open", "Going on"), ("closed", "Over")], readonly=True, required=True, index=True
    )

    _open_once = models.UniqueIndex(
        "(stage_id, COALESCE(team_id, 0), COALESCE(company_id, 0)) WHERE state = 'open'",
        "This signal is open already.",
    )

    @api.depends("stage_id", "team_id", "percent")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for signal in self:
            signal.display_name = self.env._(
                "%(team)s: %(percent)s %% of open deals in “%(stage)s”",
                team=signal.team_id.name or self.env._("No team"),
                percent=round(signal.percent),
                stage=signal.stage_id.name,
            )

    def action_view_deals(self):
        """Open the deals that stand there now."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("crm.crm_lead_opportunities")
        domain = [
            ("type", "=", "opportunity"),
            ("won_status", "=", "pending"),
            ("stage_id", "=", self.stage_id.id),
            ("team_id", "=", self.team_id.id),
        ]
        return {**action, "domain": domain, "context": {}}

    @api.model
    def _cron_look_for_bottlenecks(self) -> None:
        """Open, bring up to date and close signals; a second run changes nothing."""
        found = self.browse()
        for (company_id, team_id), counts in self._count_open_deals().items():
            company = self.env["res.company"].browse(company_id or self.env.company.id)
            team = self.env["crm.team"].browse(team_id or ())
            limit = team.standard_signal_percent or company.standard_signal_percent
            stage = bottleneck(counts, company.standard_signal_least_count, limit or 100)
            if stage:
                found |= self._raise_signal(stage, team_id, company_id, counts, limit)
        self.search([("state", "=", "open"), ("id", "not in", found.ids)])._close()

    @api.model
    def _count_open_deals(self) -> dict[tuple, dict[int, int]]:
        """Return how many open deals stand in each stage, by company and team."""
        self.env["crm.lead"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT company_id, team_id, stage_id, COUNT(*)
                  FROM crm_lead
                 WHERE active AND type = 'opportunity' AND won_status = 'pending'
                   AND stage_id IS NOT NULL
              GROUP BY company_id, team_id, stage_id
                """
            )
        )
        deals: dict[tuple, dict[int, int]] = {}
        for company_id, team_id, stage_id, count in rows:
            deals.setdefault((company_id, team_id), {})[stage_id] = count
        return deals

    @api.model
    def _raise_signal(self, stage_id, team_id, company_id, counts, limit):
        """Return the open signal of a stage and team, brought up to date or just opened."""
        total = sum(counts.values())
        facts = {
            "deal_count": counts[stage_id],
            "total_count": total,
            "percent": percent(counts[stage_id], total),
            "limit_percent": limit,
        }
        key = {"stage_id": stage_id, "team_id": team_id or False, "company_id": company_id or False}
        known = self.search(
            [("state", "=", "open"), *((name, "=", value) for name, value in key.items())]
        )
        if known:
            known._sealed_write(facts)
            return known
        now = fields.Datetime.now()
        signal = self._sealed_create([{**key, **facts, "state": "open", "date_open": now}])
        signal._tell_leader()
        return signal

    def _tell_leader(self) -> None:
        """Ask the leader of the team to look into it."""
        self.ensure_one()
        leader = self.team_id.user_id
        if leader.active:
            in_his_words = self.with_context(lang=leader.lang)
            in_his_words.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=leader.id,
                summary=in_his_words.env._("Most deals stand in one stage: find out why"),
                note=in_his_words.display_name,
            )

    def _close(self) -> None:
        """Note that the signals are over, and take what is still to be done off the leader."""
        self._sealed_write({"state": "closed", "date_close": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])
