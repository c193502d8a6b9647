from odoo import api, fields, models
from odoo.tools import SQL

from ...logic import metrics
from ..survey.survey_survey import OURS
from ..survey.survey_user_input import CHANNELS, MODES

#: Columns of a fact taken from the response as they are: ours, by the response's.
TAKEN = {
    "survey_id": "survey_id",
    "invitation_id": "invitation_id",
    "company_id": "company_id",
    "date": "end_datetime",
    "partner_id": "partner_id",
    "commercial_partner_id": "commercial_partner_id",
    "res_model": "res_model",
    "res_id": "res_id",
    "user_id": "rated_user_id",
    "team_id": "rated_team_id",
    "product_id": "product_id",
    "product_category_id": "product_category_id",
    "trigger_id": "trigger_id",
    "channel": "channel",
    "mode": "mode",
    "interviewer_id": "interviewer_id",
}


class CrmSurveyFact(models.Model):
    """One row per finished response of a customer: what all figures are drawn from.

    The mean of ``nps_points`` is the NPS, the means of ``csat_points`` and ``ces_points`` are the
    shares of satisfied customers and of those for whom it was easy. A column is empty (NULL) where
    nobody asked or the customer skipped the question; ``has_nps`` and its like say so to the ORM.

    Rows are written by one statement, ``_upsert``, whether a response has just been finished or
    everything is built anew: so that both give the same.
    """

    _name = "crm.survey.fact"
    _description = "Result of a Survey"
    _inherit = ["crm.deadline.sealed"]
    _order = "date desc, id desc"
    _rec_name = "survey_id"

    survey_id = fields.Many2one(
        "survey.survey", required=True, readonly=True, ondelete="restrict", index=True
    )
    user_input_id = fields.Many2one(
        "survey.user_input", "Response", required=True, readonly=True, ondelete="restrict"
    )
    invitation_id = fields.Many2one(
        "crm.survey.invitation", readonly=True, ondelete="set null", index="btree_not_null"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    date = fields.Datetime("Answered on", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index="btree_not_null")
    commercial_partner_id = fields.Many2one(
        "res.partner", "Company of the Customer", readonly=True, index="btree_not_null"
    )
    res_model = fields.Char("Document Model", readonly=True)
    res_id = fields.Many2oneReference("Document", model_field="res_model", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Employee in Charge",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Who was in charge when the customer was asked.",
    )
    team_id = fields.Many2one(
        "crm.team", "Team in Charge", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    product_id = fields.Many2one("product.product", readonly=True, index="btree_not_null")
    product_category_id = fields.Many2one("product.category", readonly=True)
    trigger_id = fields.Many2one(
        "crm.survey.trigger",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The event after which the customer was asked; empty where he was asked otherwise.",
    )
    channel = fields.Selection(CHANNELS, readonly=True, help="How the customer was asked.")
    mode = fields.Selection(MODES, "Filled in", readonly=True)
    interviewer_id = fields.Many2one(
        "res.users", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    has_nps = fields.Boolean("Has NPS", readonly=True)
    nps_value = fields.Integer("Recommendation (0-10)", readonly=True, aggregator="avg")
    nps_points = fields.Float(
        "NPS",
        readonly=True,
        aggregator="avg",
        digits=(4, 0),
        help="100 from nine on, -100 up to six: the mean is the NPS.",
    )
    has_csat = fields.Boolean("Has Satisfaction", readonly=True)
    csat_value = fields.Float(
        "Satisfaction (% of the scale)", readonly=True, aggregator="avg", digits=(4, 1)
    )
    csat_points = fields.Float(
        "CSAT (%)",
        readonly=True,
        aggregator="avg",
        digits=(4, 0),
        help="100 for a satisfied customer: the mean is the share of satisfied ones.",
    )
    has_ces = fields.Boolean("Has Effort", readonly=True)
    ces_value = fields.Integer("Ease (1-7)", readonly=True, aggregator="avg")
    ces_points = fields.Float(
        "CES (%)",
        readonly=True,
        aggregator="avg",
        digits=(4, 0),
        help="100 where it was easy: the mean is the share of easy ones.",
    )
    score_ids = fields.One2many("crm.survey.fact.score", "fact_id", "Drivers", readonly=True)

    _user_input_unique = models.Constraint(
        "UNIQUE(user_input_id)", "A response has one result only."
    )
    _survey_date_idx = models.Index("(survey_id, date)")
    _user_date_idx = models.Index("(user_id, date) WHERE user_id IS NOT NULL")

    # writing, by the owner only

    @api.model
    def _record(self, responses):
        """Write the facts of finished responses, and return those that are new."""
        if not responses:
            return self
        new = self._upsert(SQL("response.id = ANY(%s)", responses.ids))
        if new:
            new._follow_finished()
        return new

    @api.model
    def _rebuild(self, surveys):
        """Draw the facts of surveys anew: the same rows, with the same ids.

        Facts keep their ids, since exclusions and follow-ups refer to them. A fact whose response
        has become a test, or whose survey is no longer ours, goes.
        """
        self.env.flush_all()
        self.env.execute_query(
            SQL(
                """
                DELETE FROM crm_survey_fact fact
                 USING survey_user_input response, survey_survey survey
                 WHERE response.id = fact.user_input_id AND survey.id = response.survey_id
                   AND survey.id = ANY(%s)
                   AND NOT (%s)
             RETURNING fact.id
                """,
                surveys.ids,
                self._get_condition(),
            )
        )
        self.invalidate_model()
        return self._upsert(SQL("survey.id = ANY(%s)", surveys.ids))

    @api.model
    def _upsert(self, which):
        """Write facts and scores of the responses in one statement each; return the new facts."""
        self.env.flush_all()
        columns = self._prepare_columns()
        names = SQL(", ").join(map(SQL.identifier, columns))
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO crm_survey_fact AS fact (
                    user_input_id, create_uid, create_date, write_uid, write_date, %(names)s)
                SELECT response.id, %(uid)s, %(now)s, %(uid)s, %(now)s, %(values)s
                  FROM survey_user_input response
                  JOIN survey_survey survey ON survey.id = response.survey_id
             LEFT JOIN LATERAL (%(measured)s) AS measured ON TRUE
                 WHERE %(condition)s AND %(which)s
           ON CONFLICT (user_input_id) DO UPDATE
                   SET (write_date, %(names)s) = (%(now)s, %(excluded)s)
                 WHERE (%(own)s) IS DISTINCT FROM (%(excluded)s)
             RETURNING id, xmax = 0
                """,
                names=names,
                uid=self.env.uid,
                now=self.env.cr.now(),
                values=SQL(", ").join(columns.values()),
                measured=self._get_measured_query(),
                condition=self._get_condition(),
                which=which,
                own=SQL(", ").join(SQL.identifier("fact", name) for name in columns),
                excluded=SQL(", ").join(SQL.identifier("excluded", name) for name in columns),
            )
        )
        self.env["crm.survey.fact.score"]._upsert(self._get_condition(), which)
        self.invalidate_model()
        return self.browse([fact_id for fact_id, is_new in rows if is_new])

    @api.model
    def _get_condition(self):
        """Return which responses count, over the tables ``response`` and ``survey``.

        Those begun before the survey was of our type do not: nobody noted the moment of asking,
        and they have no company.
        """
        return SQL(
            "response.state = 'done' AND response.test_entry IS NOT TRUE "
            "AND response.company_id IS NOT NULL AND response.end_datetime IS NOT NULL "
            "AND survey.survey_type = %s",
            OURS,
        )

    @api.model
    def _prepare_columns(self):
        """Hook: return the SQL of each column, by field name.

        Over the tables ``response`` (survey_user_input), ``survey`` and ``measured`` (see
        ``_get_measured_query``). What it reads must not change once a response is finished, or a
        rebuild would give other rows.
        """
        columns = {
            name: SQL("%s", SQL.identifier("response", source)) for name, source in TAKEN.items()
        }
        columns |= {
            "has_nps": SQL("measured.nps IS NOT NULL"),
            "nps_value": SQL("measured.nps::int"),
            "nps_points": SQL(
                "CASE WHEN measured.nps >= %s THEN 100 WHEN measured.nps <= %s THEN -100 "
                "WHEN measured.nps IS NOT NULL THEN 0 END",
                metrics.PROMOTER,
                metrics.DETRACTOR,
            ),
            "has_csat": SQL("measured.csat IS NOT NULL"),
            "csat_value": SQL("measured.csat"),
            "csat_points": SQL(
                "CASE WHEN measured.csat > %s THEN 100 WHEN measured.csat IS NOT NULL THEN 0 END",
                metrics.SATISFIED_ABOVE,
            ),
            "has_ces": SQL("measured.ces IS NOT NULL"),
            "ces_value": SQL("measured.ces::int"),
            "ces_points": SQL(
                "CASE WHEN measured.ces >= %s THEN 100 WHEN measured.ces IS NOT NULL THEN 0 END",
                metrics.EASY,
            ),
        }
        return columns

    @api.model
    def _get_measured_query(self):
        """Return what a response measures: columns ``nps``, ``csat`` (percent) and ``ces``."""
        return SQL(
            """
            SELECT MAX(answer.value) FILTER (WHERE answer.role = 'nps') AS nps,
                   MAX(answer.percent) FILTER (WHERE answer.role = 'csat') AS csat,
                   MAX(answer.value) FILTER (WHERE answer.role = 'ces') AS ces
              FROM (%s) AS answer
            """,
            self._get_answer_query(SQL("line.user_input_id = response.id")),
        )

    @api.model
    def _get_answer_query(self, which):
        """Return the answers that are read as numbers: value, and its place on the scale."""
        return SQL(
            """
            SELECT line.id, line.user_input_id, question.id AS question_id, question.role,
                   worth.value,
                   CASE WHEN question.measure_max > question.measure_min THEN LEAST(GREATEST(
                       100.0 * (worth.value - question.measure_min)
                       / (question.measure_max - question.measure_min), 0), 100) END AS percent
              FROM survey_user_input_line line
              JOIN survey_question question ON question.id = line.question_id
         LEFT JOIN survey_question_answer choice ON choice.id = line.suggested_answer_id
        CROSS JOIN LATERAL (
                SELECT CASE line.answer_type WHEN 'scale' THEN line.value_scale::numeric
                       WHEN 'suggestion' THEN choice.measure_value::numeric END
              ) AS worth(value)
             WHERE question.role IN ('nps', 'csat', 'ces', 'driver')
               AND line.skipped IS NOT TRUE AND worth.value IS NOT NULL AND (%s)
            """,
            which,
        )

    def _follow_finished(self):
        """Hook: customers have answered, and these are the new facts (in sudo)."""
