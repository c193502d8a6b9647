from odoo import api, fields, models
from odoo.tools import SQL


class CrmSurveyFactScore(models.Model):
    """What a customer said about one driver: a part of the service that may move the whole."""

    _name = "crm.survey.fact.score"
    _description = "Score of a Driver"
    _inherit = ["crm.deadline.sealed"]
    _order = "fact_id desc, id"
    _rec_name = "question_id"

    fact_id = fields.Many2one(
        "crm.survey.fact", "Result", required=True, readonly=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "survey.question", "Driver", required=True, readonly=True, ondelete="restrict", index=True
    )
    value = fields.Float(
        "Score (% of the scale)", readonly=True, aggregator="avg", digits=(4, 1), required=True
    )

    _fact_question_unique = models.Constraint(
        "UNIQUE(fact_id, question_id)", "A result has one score of each driver."
    )

    @api.model
    def _upsert(self, condition, which):
        """Write the scores of the facts that exist; see ``crm.survey.fact._upsert``."""
        facts = self.env["crm.survey.fact"]
        scores = SQL(
            """
            SELECT fact.id AS fact_id, answer.question_id, MAX(answer.percent) AS value
              FROM survey_user_input response
              JOIN survey_survey survey ON survey.id = response.survey_id
              JOIN crm_survey_fact fact ON fact.user_input_id = response.id
        CROSS JOIN LATERAL (%s) AS answer
             WHERE answer.role = 'driver' AND answer.percent IS NOT NULL AND %s AND %s
          GROUP BY fact.id, answer.question_id
            """,
            facts._get_answer_query(SQL("line.user_input_id = response.id")),
            condition,
            which,
        )
        self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_survey_fact_score AS score (
                    fact_id, question_id, value, create_uid, create_date, write_uid, write_date)
                SELECT found.fact_id, found.question_id, found.value, %(uid)s, %(now)s, %(uid)s,
                       %(now)s
                  FROM (%(scores)s) AS found
           ON CONFLICT (fact_id, question_id) DO UPDATE
                   SET value = excluded.value, write_date = excluded.write_date
                 WHERE score.value IS DISTINCT FROM excluded.value
             RETURNING id
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                scores=scores,
            )
        )
        self.invalidate_model()
