from random import SystemRandom

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..logic.anonymous import SMALLEST, find_shown
from ..logic.metrics import share
from ..logic.results import estimate
from ..models.result.crm_survey_fact_topics import LEADER
from ..models.survey.survey_survey import MANAGER

METRICS = ("nps", "csat", "ces")
#: So many words of customers are on the page.
MOST_TEXTS = 200


class CrmSurveyAnonymousResult(models.TransientModel):
    """The one look at anonymous answers: figures of groups that hide each of their people.

    There are no filters: what lies between two of them would be the answers of few. All tables are
    of all answers; what is too small in them, and what would follow from the rest, is left out.
    """

    _name = "crm.survey.anonymous.result"
    _description = "Anonymous Results"
    _rec_name = "survey_id"

    survey_id = fields.Many2one("survey.survey", readonly=True, required=True, ondelete="cascade")
    viewer_id = fields.Many2one("res.users", readonly=True, required=True, ondelete="cascade")
    minimum = fields.Integer("Not of Fewer Than", readonly=True)
    answer_count = fields.Integer("Answers", readonly=True)
    has_figures = fields.Boolean(readonly=True)
    words = fields.Text("In Their Own Words", readonly=True)
    row_ids = fields.One2many("crm.survey.anonymous.result.row", "result_id", readonly=True)

    @api.model
    def _open(self, survey):
        """Draw what may be shown of a survey, and open it."""
        if len(survey) != 1:
            raise UserError(self.env._("Open one survey."))
        survey.check_access("read")
        if not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("Anonymous results are for leaders and managers."))
        if not survey.is_anonymous:
            raise UserError(
                self.env._(
                    "%(survey)s is not anonymous: its results are on the overview.",
                    survey=survey.title,
                )
            )
        # sudo: nobody reads anonymous answers; what is drawn of them hides each person
        result = self.sudo().create(self.sudo()._prepare(survey.sudo(), self._get_led()))
        return {
            "type": "ir.actions.act_window",
            "name": survey.title,
            "res_model": self._name,
            "res_id": result.id,
            "views": [(False, "form")],
            "target": "current",
        }

    @api.model
    def _get_led(self):
        """Return the teams whose figures the viewer sees; nothing: he sees all, and all words."""
        if self.env.user.has_group(MANAGER):
            return None
        return set(self.env["crm.team"].search([("user_id", "=", self.env.uid)]).ids)

    @api.model
    def _prepare(self, survey, led):
        """Return the values of the page; without enough answers it has none."""
        minimum = max(SMALLEST, *self.env.companies.mapped("survey_minimum_count"))
        facts = self._get_counts(survey)
        total = sum(fact["answers"] for fact in facts)
        has_figures = total >= minimum
        values = {
            "survey_id": survey.id,
            "viewer_id": self.env.uid,
            "minimum": minimum,
            "answer_count": total if has_figures and led is None else 0,
            "has_figures": has_figures,
        }
        if has_figures:
            rows = self._get_metric_rows(facts, minimum, led)
            if led is None:
                rows += self._get_driver_rows(survey, minimum)
                rows += self._get_reason_rows(survey, minimum)
                values["words"] = self._get_words(survey, minimum)
            for number, row in enumerate(rows):
                row["sequence"] = number
            values["row_ids"] = [Command.create(row) for row in rows]
        return values

    @api.model
    def _get_counts(self, survey):
        """Return answers counted by team, employee and month: (all, good, bad) of each metric."""
        self.env["crm.survey.fact"].flush_model()
        columns = SQL(", ").join(
            SQL(
                "COUNT(%(points)s) AS %(all)s, COUNT(*) FILTER (WHERE %(points)s > 0) AS %(good)s,"
                " COUNT(*) FILTER (WHERE %(points)s < 0) AS %(bad)s",
                points=SQL.identifier(f"{metric}_points"),
                all=SQL.identifier(f"{metric}_all"),
                good=SQL.identifier(f"{metric}_good"),
                bad=SQL.identifier(f"{metric}_bad"),
            )
            for metric in METRICS
        )
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT team_id AS team, user_id AS user,
                       to_char(date, 'YYYY-MM') AS month, COUNT(*) AS answers, %s
                  FROM crm_survey_fact
                 WHERE survey_id = %s AND is_anonymous AND company_id = ANY(%s)
                       AND is_excluded IS NOT TRUE
              GROUP BY 1, 2, 3
                """,
                columns,
                survey.id,
                self.env.companies.ids,
            )
        )

    @api.model
    def _get_metric_rows(self, facts, minimum, led):
        """Return the rows of each metric: of all, by month, team and employee."""
        rows = []
        titles = {
            None: self.env._("All"),
            "month": self.env._("Month"),
            "team": self.env._("Team"),
            "user": self.env._("Employee"),
        }
        for metric in METRICS:
            shown = self._find_groups(facts, metric, minimum)
            for group, keys in shown.items():
                if led is not None:
                    keys &= self._get_own(facts, group, led)
                counted = self._sum(facts, metric, group)
                names = self._get_names(group, keys)
                rows += [
                    self._prepare_row(titles[group], names[key], metric, counted[key])
                    for key in sorted(names, key=lambda key: str(names[key]))
                ]
        return rows

    @api.model
    def _find_groups(self, facts, metric, minimum):
        """Return the values that may be shown, by group; none where all together are too few."""
        total = self._sum(facts, metric, None).get(None, (0,))[0]
        if total < minimum:
            return {}
        shown = {None: {None}}
        for group in ("month", "team", "user"):
            sizes = {key: counts[0] for key, counts in self._sum(facts, metric, group).items()}
            shown[group] = find_shown(sizes, total, minimum)
        shown["user"] &= self._find_users(facts, metric, shown["team"], minimum)
        return shown

    @api.model
    def _get_own(self, facts, group, led):
        """Return the values a leader sees: his teams, and who was judged in these only."""
        if group == "team":
            return set(led)
        if group == "user":
            others = {fact["user"] for fact in facts if fact["team"] not in led}
            return {fact["user"] for fact in facts} - others
        return set()

    @api.model
    def _sum(self, facts, metric, group):
        """Return (all, good, bad) by the values of a group."""
        names = [f"{metric}_{kind}" for kind in ("all", "good", "bad")]
        sums = {}
        for fact in facts:
            known = sums.setdefault(fact[group] if group else None, (0, 0, 0))
            added = zip(known, (fact[name] for name in names), strict=True)
            sums[fact[group] if group else None] = tuple(map(sum, added))
        return sums

    @api.model
    def _find_users(self, facts, metric, teams, minimum):
        """Return the employees whose figures do not tell, beside their team's, of a few others."""
        hidden, found = set(), {fact["user"] for fact in facts}
        for team in teams:
            own = [fact for fact in facts if fact["team"] == team]
            sizes = {key: counts[0] for key, counts in self._sum(own, metric, "user").items()}
            hidden |= sizes.keys() - find_shown(sizes, sum(sizes.values()), minimum)
        return found - hidden

    @api.model
    def _get_names(self, group, keys):
        if group is None:
            return dict.fromkeys(keys, "")
        if group == "month":
            return {key: key for key in keys}
        # sudo: names beside figures the viewer reads anyway
        records = self.env["crm.team" if group == "team" else "res.users"].sudo()
        return {key: records.browse(key).display_name for key in keys if key}

    @api.model
    def _prepare_row(self, group, name, metric, counts):
        count, good, bad = counts
        # that there are enough was looked at before
        found = estimate(metric, good, bad, count, SMALLEST)
        return {
            "group": group,
            "name": name,
            "measure": metric.upper(),
            "count": count,
            **self._prepare_bounds(found),
        }

    @api.model
    def _prepare_bounds(self, found):
        """Return the values of a row whose figure has bounds."""
        return {
            "value": found.value,
            "has_bounds": True,
            "low": found.low,
            "high": found.high,
        }

    @api.model
    def _get_driver_rows(self, survey, minimum):
        # sudo: as in _open
        rows = (
            self.env["crm.survey.fact.score"]
            .sudo()
            ._read_group(
                [
                    ("fact_id.survey_id", "=", survey.id),
                    ("fact_id.company_id", "in", self.env.companies.ids),
                ],
                ["question_id"],
                ["value:avg", "__count"],
            )
        )
        return [
            {
                "group": self.env._("All"),
                "name": question.title,
                "measure": self.env._("Driver, % of the scale"),
                "value": mean,
                "count": count,
            }
            for question, mean, count in rows
            if count >= minimum
        ]

    @api.model
    def _get_reason_rows(self, survey, minimum):
        """Return how often each reason was chosen, and no reason of few."""
        # sudo: as in _open
        lines = self.env["survey.user_input.line"].sudo()
        counted = {}
        for question, choice, count in lines._read_group(
            [*self._get_line_domain(survey, ["reason"]), ("suggested_answer_id", "!=", False)],
            ["question_id", "suggested_answer_id"],
            ["__count"],
        ):
            counted.setdefault(question, {})[choice] = count
        return [
            {
                "group": self.env._("All"),
                "name": choice.value,
                "measure": question.title,
                "count": counts[choice],
                **self._prepare_bounds(share(counts[choice], sum(counts.values()), SMALLEST)),
            }
            for question, counts in counted.items()
            for choice in find_shown(counts, sum(counts.values()), minimum)
        ]

    @api.model
    def _get_line_domain(self, survey, roles):
        return [
            ("survey_id", "=", survey.id),
            ("question_id.role", "in", roles),
            ("user_input_id.company_id", "in", self.env.companies.ids),
            ("user_input_id.state", "=", "done"),
            ("user_input_id.test_entry", "!=", True),
            ("skipped", "!=", True),
        ]

    @api.model
    def _get_words(self, survey, minimum):
        """Return what customers wrote, in an order that says nothing; nothing where few did."""
        # sudo: as in _open
        lines = self.env["survey.user_input.line"].sudo()
        lines = lines.search(self._get_line_domain(survey, ["text", "reason"]))
        parts = []
        for question, own in lines.grouped("question_id").items():
            texts = [text for one in own if (text := one.value_text_box or one.value_char_box)]
            if len(texts) < minimum:
                continue
            SystemRandom().shuffle(texts)
            parts.append("\n".join([question.title, *(f"– {text}" for text in texts[:MOST_TEXTS])]))
        return "\n\n".join(parts)
