from __future__ import annotations

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...logic.forecast import forecast
from ...logic.spans import spans

PERIODS = (30, 90, 365)
#: Bars of a chart; what comes after is together in none.
BARS = 10
#: Days whose closings make the pace of a team.
PACE_DAYS = 28


def name_in_tree(record):
    """Return the name of an entry without those of the entries above it, where it has one."""
    return record.name if record and "complete_name" in record._fields else False


class CrmComplaintOverview(models.AbstractModel):
    """What the overview page shows, from the report and so under the rights of the viewer.

    Each figure comes with the domain of its complaints, so that a click on it opens them.
    """

    _name = "crm.complaint.overview"
    _description = "Overview of Complaints"

    @api.model
    @api.readonly
    def get_overview(self, days=90, team_id=False):
        """Return tiles, charts and forecast of the last ``days`` (30, 90 or 365) and of a team."""
        days = days if days in PERIODS else 90
        team = Domain.TRUE
        # a bool is an int, and no team
        team_id = team_id if isinstance(team_id, int) and team_id is not True else False
        if team_id:
            team = Domain("team_id", "=", team_id)
        since = fields.Datetime.now() - timedelta(days=days)
        period = team & Domain("date_received", ">=", since)
        open_cases = team & Domain("is_open", "=", True)
        return {
            "days": days,
            "periods": list(PERIODS),
            "team": team_id,
            "teams": self._get_teams(),
            "alarms": self._get_alarms(team),
            "tiles": self._get_tiles(team, period, since),
            "trend": self._get_trend(team, since, days),
            "categories": self._count_by("category_id", period),
            "causes": self._get_causes(team, since),
            "stages": self._count_by("stage_id", open_cases),
            "channels": self._count_by("channel_id", period),
            "ages": self._get_ages(open_cases),
            "forecast": self._get_forecast(team),
        }

    @api.model
    def _get_teams(self):
        rows = self.env["crm.complaint.report"]._read_group([("team_id", "!=", False)], ["team_id"])
        # sudo: names of teams that stand on complaints the viewer reads anyway
        return [{"id": team.id, "name": team.sudo().name} for (team,) in rows]

    @api.model
    def _get_tiles(self, team, period, since):
        report = self.env["crm.complaint.report"]
        ((open_count, overdue),) = report._read_group(
            team & Domain("is_open", "=", True), [], ["open_count:sum", "overdue_count:sum"]
        )
        ((received, answered, upheld),) = report._read_group(
            period, [], ["__count", "answered_in_time_percent:avg", "upheld_percent:avg"]
        )
        closed = team & Domain("date_closed", ">=", since)
        return {
            "open": self._tile(open_count or 0, team & self._open_domain()),
            "overdue": self._tile(overdue or 0, self._overdue_domain(team)),
            "received": self._tile(received, period),
            "closed": self._tile(report.search_count(closed), closed),
            "answered_in_time": self._share(answered),
            "upheld": self._share(upheld),
        }

    @api.model
    def _tile(self, value, domain):
        return {"value": value, "domain": list(domain)}

    @api.model
    def _share(self, percent):
        return {"value": None if percent is None else round(percent, 1)}

    @api.model
    def _open_domain(self):
        return Domain("state", "not in", ["closed", "cancelled"])

    @api.model
    def _overdue_domain(self, team):
        late = Domain("state", "=", "missed") & Domain("date_end", "=", False)
        return team & self._open_domain() & Domain("deadline_clock_ids", "any", late)

    @api.model
    def _get_trend(self, team, since, days):
        """Return what came in and what was closed, by week or month."""
        step = "month" if days > 92 else "week"
        report = self.env["crm.complaint.report"]
        found: dict = {}
        for place, name in enumerate(("date_received", "date_closed")):
            rows = report._read_group(
                team & Domain(name, ">=", since), [f"{name}:{step}"], ["__count"]
            )
            for start, count in rows:
                found.setdefault(start.date(), [0, 0])[place] = count
        today = fields.Date.context_today(self)
        return [
            {
                "start": fields.Date.to_string(start),
                "received": found.get(start, (0, 0))[0],
                "closed": found.get(start, (0, 0))[1],
            }
            for start in spans(found, since.date(), today, step)
        ]

    @api.model
    def _count_by(self, name, domain):
        """Return the counts of each value of a field, the greatest first, with running shares."""
        rows = self.env["crm.complaint.report"]._read_group(
            domain, [name], ["__count"], order="__count DESC, " + name
        )
        total = sum(count for _value, count in rows)
        bars, running = [], 0
        for value, count in rows[:BARS]:
            running += count
            bars.append(
                {
                    "id": value.id,
                    "name": value.display_name or self.env._("Not said"),
                    "label": name_in_tree(value),
                    "count": count,
                    "running_percent": round(100 * running / total, 1),
                    "domain": list(self._as_complaints(domain) & Domain(name, "=", value.id)),
                }
            )
        return bars

    @api.model
    def _as_complaints(self, domain):
        """Return the domain of complaints for one of the report."""
        return Domain(domain).map_conditions(
            lambda condition: (
                self._open_domain() if condition.field_expr == "is_open" else condition
            )
        )

    @api.model
    def _get_causes(self, team, since):
        rows = self.env["crm.complaint.report.cause"]._read_group(
            team & Domain("date_received", ">=", since),
            ["cause_id"],
            ["weight:sum", "complaint_id:array_agg"],
            order="weight:sum DESC, cause_id",
        )
        total = sum(weight for _cause, weight, _ids in rows)
        bars, running = [], 0.0
        for cause, weight, ids in rows[:BARS]:
            running += weight
            bars.append(
                {
                    "id": cause.id,
                    "name": cause.display_name,
                    "label": name_in_tree(cause),
                    "count": round(weight, 2),
                    "running_percent": round(100 * running / total, 1),
                    "domain": [("id", "in", ids)],
                }
            )
        return bars

    @api.model
    def _get_ages(self, open_cases):
        report = self.env["crm.complaint.report"]
        counts = dict(report._read_group(open_cases, ["age_group"], ["__count"]))
        now = fields.Datetime.now()
        bounds = {"a_week": (0, 7), "b_month": (7, 30), "c_quarter": (30, 90), "d_more": (90, None)}
        bars = []
        for key, label in report._fields["age_group"]._description_selection(self.env):
            young, old = bounds[key]
            domain = self._as_complaints(open_cases)
            domain &= Domain("date_received", "<=", now - timedelta(days=young))
            if old:
                domain &= Domain("date_received", ">", now - timedelta(days=old))
            bars.append(
                {"id": key, "name": label, "count": counts.get(key, 0), "domain": list(domain)}
            )
        return bars

    @api.model
    def _get_forecast(self, team):
        """Return, for each team, how many deadlines of its queue will be missed at its pace."""
        report = self.env["crm.complaint.report"]
        now = fields.Datetime.now()
        pace = dict(
            report._read_group(
                team & Domain("date_closed", ">=", now - timedelta(days=PACE_DAYS)),
                ["team_id"],
                ["__count"],
            )
        )
        queues = report._read_group(
            team & Domain("date_due", "!=", False), ["team_id"], ["date_due:array_agg"]
        )
        lines = []
        for crew, dates in queues:
            left = [(date - now).total_seconds() / 86400 for date in dates]
            found = forecast(left, pace.get(crew, 0) / PACE_DAYS)
            lines.append(
                {
                    "id": crew.id,
                    # sudo: as above
                    "name": crew.sudo().name or self.env._("No team"),
                    "late": found.late,
                    "coming": found.coming,
                    "pace": round(found.pace * 7, 1),
                    "queue": len(left),
                }
            )
        return sorted(lines, key=lambda line: (-line["late"] - line["coming"], line["name"]))
