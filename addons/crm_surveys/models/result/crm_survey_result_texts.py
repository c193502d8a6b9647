from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..privacy.survey_user_input import ERASED
from .crm_survey_fact_topics import LEADER

#: Texts shown at once.
PAGE = 20
#: Nobody pages further than this: it is the database that would count.
LAST = 10_000


class CrmSurveyResult(models.AbstractModel):
    """What customers wrote, newest first, with search."""

    _inherit = "crm.survey.result"

    @api.model
    @api.readonly
    def get_texts(self, filters=None, offset=0):
        """Return a page of texts of the facts that are asked for, and whether there are more.

        Who may read a fact may read what the customer wrote: the responses themselves, with
        their tokens, stay closed to all but managers.
        """
        asked = self._read_filters(filters)
        if type(offset) is not int or not 0 <= offset <= LAST:
            raise UserError(self.env._("There is no such page of texts."))
        rows = self.env.execute_query(
            SQL(
                """
                %s
              ORDER BY date DESC, line_id DESC
                 LIMIT %s OFFSET %s
                """,
                self._get_text_query(asked),
                PAGE + 1,
                offset,
            )
        )
        # pylint: disable=no-search-all; people name a handful of topics
        topics = self.env["crm.survey.topic"].search([])
        return {
            "texts": self._prepare_texts(rows[:PAGE]),
            "offset": offset,
            "next_offset": offset + PAGE if len(rows) > PAGE else False,
            "topics": [{"id": topic.id, "name": topic.name} for topic in topics],
            "can_mark": self.env.user.has_group(LEADER),
        }

    @api.model
    def _get_text_query(self, asked):
        """Return the texts of facts: free ones, and comments on a reason."""
        words = asked.text.strip()
        # what is searched for is no pattern
        pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return SQL(
            """
            SELECT fact.id, fact.date, fact.survey_id, fact.user_id, line.id AS line_id,
                   line.question_id, written.text
              FROM (%s) AS fact
              JOIN survey_user_input_line line ON line.user_input_id = fact.user_input_id
              JOIN survey_question question ON question.id = line.question_id
        CROSS JOIN LATERAL (SELECT COALESCE(line.value_text_box, line.value_char_box) AS text
              ) AS written
             WHERE question.role IN ('text', 'reason') AND line.skipped IS NOT TRUE
               AND written.text NOT IN ('', %s) AND %s
            """,
            self._get_fact_query(
                asked,
                **{
                    name: self._column(name)
                    for name in ("id", "date", "survey_id", "user_id", "user_input_id")
                },
            ),
            ERASED,
            SQL("written.text ILIKE %s", pattern) if words else SQL("TRUE"),
        )

    @api.model
    def _prepare_texts(self, rows):
        facts = self.env["crm.survey.fact"].browse([row[0] for row in rows])
        # sudo: names that stand on results the viewer reads anyway
        records = {name: self.env[name].sudo() for name in ("res.users", "survey.question")}
        return [
            {
                "id": line_id,
                "fact": fact.id,
                "date": fields.Datetime.to_string(date),
                "text": text,
                "question": records["survey.question"].browse(question_id).title,
                "user": records["res.users"].browse(user_id).name or "",
                "nps": fact.nps_value if fact.has_nps else None,
                "csat": round(fact.csat_value) if fact.has_csat else None,
                "topics": fact.topic_ids.ids,
            }
            for fact, (_id, date, _survey, user_id, line_id, question_id, text) in zip(
                facts, rows, strict=True
            )
        ]
