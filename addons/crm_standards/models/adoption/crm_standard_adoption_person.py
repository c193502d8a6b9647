from __future__ import annotations

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date
from odoo.tools.misc import formatLang

from ...logic import adoption as logic


class CrmStandardAdoptionPerson(models.Model):
    """Each employee's last week beside his month before and his team: who is slipping.

    Counted back from the last day that was counted, so that the page says the same all day long.
    What makes a difference worth a word is decided in :mod:`logic.adoption`.
    """

    _name = "crm.standard.adoption.person"
    _description = "Use of the System by Person"
    _auto = False
    _rec_name = "user_id"
    _order = "deed_count, id"

    user_id = fields.Many2one("res.users", string="Employee", readonly=True)
    team_id = fields.Many2one("crm.team", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date = fields.Date(string="Up to", readonly=True)
    day_count = fields.Integer(string="Days Counted", readonly=True)
    day_seen_count = fields.Integer(string="Days Used", readonly=True)
    login_count = fields.Integer(string="Log-ins", readonly=True)
    deed_count = fields.Integer(string="Deeds", readonly=True)
    done_count = fields.Integer(string="Activities Done", readonly=True)
    late_count = fields.Integer(string="Of These Late", readonly=True)
    violation_count = fields.Integer(string="Violations", readonly=True)
    overdue_count = fields.Integer(string="Overdue", readonly=True)
    usual_day_count = fields.Integer(string="Days Compared", readonly=True)
    usual_day_seen_count = fields.Integer(string="Days Used Before", readonly=True)
    usual_deed_count = fields.Integer(string="Deeds Before", readonly=True)
    overdue_before_count = fields.Integer(string="Overdue a Week Ago", readonly=True)
    completeness_percent = fields.Float(
        string="Completeness (%)",
        readonly=True,
        aggregator="avg",
        help="Of the person's own contacts and opportunities, where a data-entry standard measures"
        " it; by weight, as in the report on completeness.",
    )
    date_last_seen = fields.Date(string="Used Last on", readonly=True)
    is_slipping = fields.Boolean(
        string="Slipping", compute="_compute_signs", search="_search_is_slipping"
    )
    explanation = fields.Text(string="What Stands Out", compute="_compute_signs")

    @property
    def _table_query(self) -> SQL:
        return SQL(
            """
            WITH last AS (SELECT MAX(date) AS day FROM crm_standard_adoption)
            SELECT fact.user_id AS id, fact.user_id, person.sale_team_id AS team_id,
                   person.company_id, last.day AS date,
                   COUNT(*) FILTER (WHERE is_recent) AS day_count,
                   COALESCE(SUM(day_seen_count) FILTER (WHERE is_recent), 0) AS day_seen_count,
                   COALESCE(SUM(login_count) FILTER (WHERE is_recent), 0) AS login_count,
                   COALESCE(SUM(deed_count) FILTER (WHERE is_recent), 0) AS deed_count,
                   COALESCE(SUM(done_count) FILTER (WHERE is_recent), 0) AS done_count,
                   COALESCE(SUM(late_count) FILTER (WHERE is_recent), 0) AS late_count,
                   COALESCE(SUM(violation_count) FILTER (WHERE is_recent), 0) AS violation_count,
                   COALESCE(MAX(overdue_count) FILTER (WHERE fact.date = last.day), 0)
                       AS overdue_count,
                   COUNT(*) FILTER (WHERE NOT is_recent) AS usual_day_count,
                   COALESCE(SUM(day_seen_count) FILTER (WHERE NOT is_recent), 0)
                       AS usual_day_seen_count,
                   COALESCE(SUM(deed_count) FILTER (WHERE NOT is_recent), 0) AS usual_deed_count,
                   COALESCE(MAX(overdue_count) FILTER (WHERE fact.date = last.day - %(recent)s), 0)
                       AS overdue_before_count,
                   (ARRAY_AGG(completeness_percent ORDER BY fact.date DESC)
                       FILTER (WHERE completeness_percent IS NOT NULL))[1] AS completeness_percent,
                   MAX(fact.date) FILTER (WHERE is_seen) AS date_last_seen
              FROM crm_standard_adoption AS fact
             CROSS JOIN last
             CROSS JOIN LATERAL (SELECT fact.date > last.day - %(recent)s AS is_recent) AS span
              JOIN res_users AS person ON person.id = fact.user_id AND person.active
             WHERE fact.date > last.day - %(all)s
          GROUP BY fact.user_id, person.sale_team_id, person.company_id, last.day
            """,
            recent=logic.RECENT_DAYS,
            all=logic.RECENT_DAYS + logic.USUAL_DAYS,
        )

    @api.depends("deed_count", "overdue_count")
    @api.depends_context("lang")
    def _compute_signs(self):
        medians = self._get_team_medians()
        for person in self:
            signs = person._judge(medians)
            person.is_slipping = bool(signs)
            person.explanation = "\n".join(person._explain(sign, medians) for sign in signs)

    def _search_is_slipping(self, operator, value):
        if operator != "in":
            return NotImplemented
        people = self.search([("user_id", "!=", False)])
        slipping = people.filtered("is_slipping")
        found = (slipping if True in value else self) | (
            people - slipping if False in value else self
        )
        return [("id", "in", found.ids)]

    @api.model
    def _get_team_medians(self) -> dict[int, float]:
        """Return what is usual in each team: the middle one of its people's deeds per day."""
        # sudo: everybody is compared with his team, also who may not see the others; with less
        # than three people the figure would tell about one of them
        by_team = {}
        for person in self.sudo().search([("team_id", "!=", False)]):
            if person.day_seen_count:
                usage = person._get_usage()
                by_team.setdefault(person.team_id.id, []).append(usage.per_day)
        return {team: logic.median(days) for team, days in by_team.items() if len(days) > 2}

    def _get_usage(self) -> logic.Usage:
        """Return the last week as the logic wants it."""
        return logic.Usage(
            self.day_count,
            self.day_seen_count,
            self.deed_count,
            self.done_count,
            self.late_count,
        )

    def _judge(self, medians: dict[int, float]) -> tuple[str, ...]:
        """Return the signs that this person is slipping."""
        self.ensure_one()
        usual = logic.Usage(self.usual_day_count, self.usual_day_seen_count, self.usual_deed_count)
        return logic.judge(
            self._get_usage(),
            usual,
            medians.get(self.team_id.id, 0.0),
            self.overdue_count,
            self.overdue_before_count,
        )

    def _explain(self, sign: str, medians: dict[int, float]) -> str:
        """Return a sign in words, with its figures."""
        usual = logic.Usage(self.usual_day_count, self.usual_day_seen_count, self.usual_deed_count)
        now, before, team = (
            formatLang(self.env, per_day, digits=1)
            for per_day in (
                self._get_usage().per_day,
                usual.per_day,
                medians.get(self.team_id.id, 0.0),
            )
        )
        if sign == logic.UNSEEN:
            return self.env._(
                "Has not used the system for a week; last on %(date)s.",
                date=format_date(self.env, self.date_last_seen),
            )
        if sign == logic.DROPPED:
            return self.env._(
                "Does %(now)s deeds a day; in the four weeks before it was %(before)s.",
                now=now,
                before=before,
            )
        if sign == logic.BELOW_TEAM:
            return self.env._(
                "Does %(now)s deeds a day; usual in the team is %(team)s.",
                now=now,
                team=team,
            )
        if sign == logic.OVERDUE:
            return self.env._(
                "%(now)s activities are overdue; a week ago it was %(before)s.",
                now=self.overdue_count,
                before=self.overdue_before_count,
            )
        return self.env._(
            "%(late)s of %(done)s activities were done late.",
            late=self.late_count,
            done=self.done_count,
        )

    def action_view_days(self):
        """Open the days of this person."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_standards.crm_standard_adoption_action"
        )
        action["domain"] = [("user_id", "=", self.user_id.id)]
        action["context"] = {}
        return action

    def action_hand_over(self):
        """Hand the work of this person to others."""
        self.ensure_one()
        if not self.user_id:
            raise UserError(self.env._("Choose a person first."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "crm.standard.handover",
            "view_mode": "form",
            "context": {"default_giver_id": self.user_id.id},
        }
