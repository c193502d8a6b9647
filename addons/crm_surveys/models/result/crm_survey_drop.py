from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import results as logic

METRICS = [("nps", "NPS"), ("csat", "CSAT"), ("ces", "CES")]
#: What is new is held against so many times its days before it: the longer, the surer.
LOOK_BACK = 3
#: What a drop is of.
PLACE = ("company_id", "survey_id", "team_id", "metric")


class CrmSurveyDrop(models.Model):
    """Customers of a survey, or of a team in it, have become less content, and not by chance.

    Opened by a daily job where the intervals of the last days and of those before do not overlap;
    closed by it when they do again. It tells the leader of the team, or who answers for the survey.
    """

    _name = "crm.survey.drop"
    _description = "Drop of a Result"
    _inherit = ["crm.deadline.sealed", "mail.thread", "mail.activity.mixin"]
    _order = "date_open desc, id desc"
    _mail_post_access = "read"  # the leader answers his activity; the facts stay sealed

    survey_id = fields.Many2one("survey.survey", required=True, readonly=True, ondelete="cascade")
    team_id = fields.Many2one("crm.team", readonly=True, ondelete="cascade", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    metric = fields.Selection(METRICS, required=True, readonly=True)
    value_before = fields.Float("Before", readonly=True, aggregator="avg", digits=(4, 1))
    value_now = fields.Float("Now", readonly=True, aggregator="avg", digits=(4, 1))
    high_now = fields.Float("Now at Most", readonly=True, aggregator="avg", digits=(4, 1))
    low_before = fields.Float("Before at Least", readonly=True, aggregator="avg", digits=(4, 1))
    count_now = fields.Integer("Answers Now", readonly=True)
    date_open = fields.Datetime("Since", required=True, readonly=True)
    date_close = fields.Datetime("Over since", readonly=True)
    state = fields.Selection(
        [("open", "Going on"), ("closed", "Over")], readonly=True, required=True, index=True
    )

    _open_once = models.UniqueIndex(
        "(company_id, survey_id, COALESCE(team_id, 0), metric) WHERE state = 'open'",
        "This drop is open already.",
    )

    @api.depends("survey_id", "team_id", "metric", "value_before", "value_now")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["metric"]._description_selection(self.env))
        for drop in self:
            drop.display_name = self.env._(
                "%(metric)s of %(whom)s fell from %(before)s to %(now)s",
                metric=names.get(drop.metric),
                # sudo: names that stand on a record the viewer reads anyway
                whom=drop.sudo().team_id.name or drop.sudo().survey_id.title,
                before=round(drop.value_before),
                now=round(drop.value_now),
            )

    @api.model
    def _cron_look(self):
        """Open, bring up to date and close drops; a second run changes nothing."""
        kept = self.browse()
        for key, pair in self._get_pairs().items():
            verdict = logic.compare(*pair)
            if verdict == logic.WORSE:
                kept |= self._open_or_update(key, *pair)
            elif not verdict:  # answers have become few: nobody knows whether it is over
                kept |= self._find_open(key)
        over = self.search([("state", "=", "open"), ("id", "not in", kept.ids)])
        if over:
            over._sealed_write({"state": "closed", "date_close": fields.Datetime.now()})
            over.activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _get_pairs(self):
        """Return the figures before and now, by (company, survey, team or nothing, metric)."""
        counted: dict = {}
        # sudo: the settings of all companies, for a job that belongs to nobody
        # pylint: disable=no-search-all; a handful of companies
        for company in self.env["res.company"].sudo().search([]):
            for *key, is_now, count, good, bad in self._count(company):
                figure = logic.estimate(key[-1], good, bad, count, company.survey_minimum_count)
                counted.setdefault(tuple(key), {})[is_now] = figure
        # where nobody answers any more there is nothing to compare
        return {key: (both.get(False), both[True]) for key, both in counted.items() if True in both}

    @api.model
    def _count(self, company):
        """Return the answers of a company counted by survey and team, before and now."""
        now = fields.Datetime.now()
        days = company.survey_drop_days
        start = now - timedelta(days=days)
        # sudo: the job looks at all results, whoever runs it
        facts = self.env["crm.survey.fact"].sudo()
        facts.flush_model()
        domain = facts._get_counted_domain()
        domain &= fields.Domain("company_id", "=", company.id)
        domain &= fields.Domain("date", ">=", start - timedelta(days=days * LOOK_BACK))
        query = facts._search(domain)
        columns = ("survey_id", "team_id", "date", "nps_points", "csat_points", "ces_points")
        rows = self.env.execute_query(
            SQL(
                """
                SELECT GROUPING(team_id), survey_id, team_id, one.metric, date >= %(start)s,
                       COUNT(*), COUNT(*) FILTER (WHERE one.points > 0),
                       COUNT(*) FILTER (WHERE one.points < 0)
                  FROM (%(facts)s) AS fact
            CROSS JOIN LATERAL (VALUES ('nps', nps_points), ('csat', csat_points),
                                       ('ces', ces_points)) AS one(metric, points)
                 WHERE one.points IS NOT NULL
              GROUP BY GROUPING SETS ((survey_id, one.metric, date >= %(start)s),
                                      (survey_id, team_id, one.metric, date >= %(start)s))
                """,
                start=start,
                facts=query.select(*(SQL.identifier(query.table, name) for name in columns)),
            )
        )
        # answers about no team are in the whole, and a group of their own nobody leads
        return [(company.id, *row) for is_whole, *row in rows if is_whole or row[1]]

    @api.model
    def _find_open(self, key):
        """Return the open drop of a company, survey, team or none, and metric."""
        place = zip(PLACE, key, strict=True)
        return self.search([("state", "=", "open"), *((name, "=", value) for name, value in place)])

    @api.model
    def _open_or_update(self, key, before, now):
        """Return the open drop, brought up to date or just opened."""
        facts = {
            "value_before": before.value,
            "low_before": before.low,
            "value_now": now.value,
            "high_now": now.high,
            "count_now": now.count,
        }
        known = self._find_open(key)
        if known:
            if any(round(known[name], 1) != round(value, 1) for name, value in facts.items()):
                known._sealed_write(facts)
            return known
        drop = self._sealed_create(
            [
                {
                    **dict(zip(PLACE, key, strict=True)),
                    **facts,
                    "state": "open",
                    "date_open": fields.Datetime.now(),
                }
            ]
        )
        drop._tell()
        return drop

    def _tell(self):
        """Ask the leader of the team, or who answers for the survey, to look into it."""
        self.ensure_one()
        person = self.team_id.user_id if self.team_id else self.survey_id.user_id
        if person.active:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=person._deadline_stand_in().id or person.id,
                summary=self.env._("Customers are less content: find out why"),
                note=self.display_name,
            )
