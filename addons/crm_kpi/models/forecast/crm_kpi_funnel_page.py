from odoo import api, fields, models
from odoo.exceptions import UserError

from ...logic import funnel as rules
from ..incident.crm_kpi_watch import COMPANY, PERSON, TEAM
from ..incident.crm_kpi_watch_find import DIMENSIONS


class CrmKpiFunnel(models.Model):
    """What the page of the forecast shows: who may ask for whom is decided here."""

    _inherit = "crm.kpi.funnel"

    @api.model
    def get_page(self, funnel_id=False, subject=False):
        """Return the forecast of somebody by a funnel, and what may be chosen instead.

        :param subject: ``company``, ``team-3`` or ``person-7``; by default the widest one that
            the user may see
        """
        # pylint: disable=no-search-all; a handful of funnels, all are offered
        funnels = self.search([])
        funnel = funnels.filtered(lambda one: one.id == funnel_id) if funnel_id else funnels[:1]
        subjects = funnel._get_subjects()
        if not funnels or not subjects:
            return {"funnels": [], "subjects": subjects, "drawn": None}
        chosen = [one for one in subjects if one["id"] == subject] if subject else subjects[:1]
        if not funnel or not chosen:
            raise UserError(
                self.env._("There is no such forecast, or you may not see it. Open the page anew.")
            )
        return {
            "funnels": [
                {"id": one.id, "name": one.name, "company": one.company_id.id} for one in funnels
            ],
            "subjects": subjects,
            "funnel": funnel.id,
            "subject": chosen[0]["id"],
            **funnel._tell_page(*funnel._read_subject(chosen[0]["id"])),
        }

    def _get_subjects(self):
        """Return of whom the user may see the forecast, the widest first."""
        user, found = self.env.user, []
        if user.has_group("crm_kpi.group_manager"):
            found.append({"id": COMPANY, "name": (self.company_id or self.env.company).name})
            teams = self.env["crm.team"].sudo().search(self._get_team_domain())  # sudo: names
            people = teams.member_ids
        elif user.has_group("crm_kpi.group_leader"):
            # sudo: leaders of KPI need no rights of sales
            teams = (
                self.env["crm.team"]
                .sudo()
                .search([*self._get_team_domain(), ("user_id", "=", user.id)])
            )
            people = teams.member_ids | user.sudo()
        else:
            teams, people = self.env["crm.team"], user.sudo()  # sudo: the own name
        found += [{"id": f"{TEAM}-{team.id}", "name": team.name} for team in teams]
        return found + [
            {"id": f"{PERSON}-{one.id}", "name": one.name}
            for one in people.sorted(lambda one: (one != user, one.name))
        ]

    def _get_team_domain(self):
        return [("company_id", "in", [False, *(self.company_id or self.env.companies).ids])]

    @api.model
    def _read_subject(self, subject):
        """Return level and key of a subject that was chosen from the list."""
        level, _dash, number = subject.partition("-")
        return level, (int(number),) if number else ()

    def _tell_page(self, level, key):
        """Return everything the page shows of one subject."""
        self.ensure_one()
        day = fields.Date.context_today(self)
        funnel = self.sudo()  # of whom it is shown was decided before; it is drawn from everything
        drawn = funnel._draw(level, day, [key])[key]
        whose = list(zip(DIMENSIONS[level], ("=",) * len(key), key, strict=True))
        return {
            "unit": funnel.indicator_id.unit,
            "currency": funnel.company_id.currency_id.id,
            "result": funnel.indicator_id.name,
            "period": [str(drawn.period.first), str(drawn.period.last)],
            "drawn": {
                "plan": drawn.plan,
                "done": drawn.done,
                "by_pace": drawn.expected.by_pace,
                "by_work": drawn.expected.by_work,
                "expected": drawn.expected.value,
                "passed_percent": round(100 * drawn.passed, 1),
                "days_left": drawn.days_left,
            },
            "steps": funnel._tell_steps(drawn),
            "advice": funnel._tell_advice(drawn),
            "stages": funnel._get_stages(whose),
            "kept": funnel._tell_kept(level, key, drawn),
        }

    def _tell_steps(self, drawn):
        names = {step.id: step.measure_id.name for step in self.step_ids}
        return [
            {
                "id": need.key,
                "name": names[need.key],
                "value": need.value,
                "now": need.now,
                "whole": need.whole,
                "missing": need.missing,
                "rate_percent": None if need.rate is None else 100 * need.rate,
                "reference_percent": None if need.reference is None else 100 * need.reference,
                "week": rules.per_week(need, drawn.days_left),
            }
            for need in drawn.needs
        ]

    def _tell_advice(self, drawn):
        """Return in words what to do, with the figures it follows from."""
        short = rules.short_step(drawn.needs)
        if not short:
            return ""
        step = self.env["crm.kpi.funnel.step"].browse(short.key)
        return self.env._(
            "Short of: %(step)s. By today %(now)s are needed, there are %(value)s. "
            "%(week)s more each week make up for it.",
            step=step.measure_id.name,
            now=round(short.now),
            value=round(short.value),
            week=rules.per_week(short, drawn.days_left),
        )

    def _tell_kept(self, level, key, drawn):
        """Return what was expected day by day, and how good forecasts were in the last year."""
        whose = {
            "user_id": False,
            "team_id": False,
            **dict(zip(DIMENSIONS[level], key, strict=True)),
        }
        domain = [("funnel_id", "=", self.id), *((name, "=", one) for name, one in whose.items())]
        forecasts = self.env["crm.kpi.forecast"]
        kept = forecasts.search([*domain, ("date_from", "=", drawn.period.first)], order="date")
        ((accuracy, count),) = forecasts._read_group(
            [*domain, ("is_settled", "=", True)], [], ["accuracy:avg", "__count"]
        )
        return {
            "days": [
                {"date": str(one.date), "expected": one.expected, "plan": one.plan} for one in kept
            ],
            "accuracy": accuracy if count else None,
            "count": count,
        }
