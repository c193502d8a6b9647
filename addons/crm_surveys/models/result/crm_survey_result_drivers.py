from odoo import api, models
from odoo.tools import SQL

from ...logic.drivers import Cell, rank, summarize


class CrmSurveyResult(models.AbstractModel):
    """Which part of the service moves the metric."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_drivers(self, asked, metric):
        """Return the drivers, those to be improved first; the same question of surveys is one.

        Scores have the rules of their facts, so that those of the facts say enough.
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT score.question_id, fact.measure, COUNT(*), AVG(score.value),
                       VAR_POP(score.value)
                  FROM (%s) AS fact
                  JOIN crm_survey_fact_score score ON score.fact_id = fact.id
                 WHERE fact.points IS NOT NULL
              GROUP BY score.question_id, fact.measure
                """,
                # few values of the metric: sums of each cost half of a correlation over all
                self._get_fact_query(
                    asked,
                    id=self._column("id"),
                    points=self._column(f"{metric}_points"),
                    measure=self._column(f"{metric}_value"),
                ),
            )
        )
        cells: dict = {}
        for question_id, measure, *sums in rows:
            cells.setdefault(question_id, []).append(Cell(float(measure), *sums))
        drivers = [summarize(question_id, own) for question_id, own in cells.items()]
        minimum = self._get_minimum()
        # sudo: titles of questions whose answers the viewer reads anyway
        questions = self.env["survey.question"].sudo().browse([one.key for one in drivers])
        titles = {question.id: question.title for question in questions}
        return [
            {
                "id": one.driver.key,
                "name": titles[one.driver.key],
                "count": one.driver.count,
                "mean": self._round(one.driver.mean, one.driver.count, minimum),
                "correlation": self._round(one.driver.correlation, one.driver.count, minimum, 2),
                "low": None if one.low is None else round(one.low, 2),
                "high": None if one.high is None else round(one.high, 2),
                "advice": one.advice,
            }
            for one in rank(drivers, minimum)
        ]

    @api.model
    def _round(self, value, count, minimum, digits=1):
        """Return a figure for the page, or nothing where it rests on too few answers."""
        if value is None or count < minimum:
            return None
        return round(value, digits)
