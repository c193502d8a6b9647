from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_datetime

from ...logic.digest import Line, Section, shorten

LIMIT = 12
VIOLATIONS, ASSIGNMENTS = "/odoo/standard-violations", "/odoo/standard-assignments"


class CrmStandardDigest(models.Model):
    """What stands in the digest: one's own, one's team's, and for controllers all in short."""

    _inherit = "crm.standard.digest"

    @api.model
    def _prepare_sections(self, start, end):
        sections = super()._prepare_sections(start, end)
        user = self.env.user
        news = Domain("date", ">", start) & Domain("date", "<=", end)
        if user.has_standard_digest:
            sections += [
                self._section_own(news),
                self._section_answers(),
                self._section_assignments(news),
                self._section_team(news),
            ]
        is_controller = user.has_group("crm_standards.group_manager")
        if is_controller and user.company_id.has_standard_controller_digest:
            sections.append(self._section_all(news))
        return sections

    @api.model
    def _section_own(self, news: Domain) -> Section:
        """New violations the person is responsible for."""
        found = self.env["crm.standard.violation"].search(
            news & Domain("user_id", "=", self.env.uid), limit=500
        )
        lines = [Line(v.name, v.lead_name or "", f"{VIOLATIONS}/{v.id}") for v in found]
        return self._section(self.env._("Your violations"), lines, VIOLATIONS)

    @api.model
    def _section_answers(self) -> Section:
        """Violations the person has not explained yet; news once, on the day before it is due."""
        found = self.env["crm.standard.violation"].search(
            [
                ("is_answer_awaited", "=", True),
                ("user_id", "=", self.env.uid),
                ("date_deadline", "!=", False),
            ],
            order="date_deadline, id",
            limit=500,
        )
        now = fields.Datetime.now()
        is_news = any(now <= v.date_deadline < now + timedelta(days=1) for v in found)
        lines = [Line(v.name, self._until(v.date_deadline), f"{VIOLATIONS}/{v.id}") for v in found]
        return self._section(self.env._("Please explain"), lines, VIOLATIONS, is_news=is_news)

    @api.model
    def _section_assignments(self, news: Domain) -> Section:
        """New assignments to accept."""
        found = self.env["crm.standard.assignment"].search(
            news & Domain("user_id", "=", self.env.uid) & Domain("state", "=", "offered"),
            limit=500,
        )
        lines = [
            Line(
                ", ".join(filter(None, (a.name, a.lead_name))),
                self._until(a.date_accept_deadline),
                f"{ASSIGNMENTS}/{a.id}",
            )
            for a in found
        ]
        return self._section(self.env._("Accept or decline"), lines, ASSIGNMENTS)

    @api.model
    def _section_team(self, news: Domain) -> Section:
        """New violations in the teams the person leads, by rule and employee."""
        groups = self.env["crm.standard.violation"]._read_group(
            news & Domain("team_id.user_id", "=", self.env.uid),
            ["rule_id", "user_id"],
            ["__count"],
            order="__count DESC, rule_id, user_id",
        )
        lines = [
            Line(rule.name, user.name or self.env._("Nobody"), VIOLATIONS, count)
            for rule, user, count in groups
        ]
        return self._section(self.env._("Your teams"), lines, VIOLATIONS)

    @api.model
    def _section_all(self, news: Domain) -> Section:
        """All new violations the person may see, by rule and team."""
        groups = self.env["crm.standard.violation"]._read_group(
            news,
            ["rule_id", "team_id"],
            ["__count"],
            order="__count DESC, rule_id, team_id",
        )
        lines = [
            Line(rule.name, team.name or self.env._("No team"), VIOLATIONS, count)
            for rule, team, count in groups
        ]
        return self._section(self.env._("All violations"), lines, VIOLATIONS)

    @api.model
    def _section(self, title: str, lines: list[Line], url: str, *, is_news: bool = True) -> Section:
        """Return a section of the first lines."""
        shown, more = shorten(lines, LIMIT)
        return Section(title, shown, url, more, is_news)

    @api.model
    def _until(self, moment) -> str:
        """Return a deadline in the person's own time."""
        if not moment:
            return ""
        text = format_datetime(self.env, moment, dt_format="EEE d MMM HH:mm")
        return self.env._("until %(time)s", time=text)
