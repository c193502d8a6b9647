from __future__ import annotations

import tempfile

import pytz
import xlsxwriter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...logic.sheet import safe_text
from .crm_survey_fact_topics import LEADER

#: Columns every file begins with, for good: programs find them by these names. Fields of the fact.
COLUMNS = (
    "id",
    "date",
    "survey_id",
    "partner_id",
    "commercial_partner_id",
    "user_id",
    "team_id",
    "product_id",
    "product_category_id",
    "res_model",
    "res_id",
    "channel",
    "mode",
    "interviewer_id",
    "nps_value",
    "csat_value",
    "ces_value",
    "trigger_id",
)
#: So many letters a cell holds.
LONGEST = 32_767
#: A figure that nobody gave is an empty cell, not a zero.
GIVEN = {"nps_value": "has_nps", "csat_value": "has_csat", "ces_value": "has_ces"}
#: Facts fetched at once: memory does not grow with the file.
BATCH = 2000
#: What a sheet holds, less the titles.
MOST = 1_048_000


class CrmSurveyResult(models.AbstractModel):
    """All answers as a table for other programs: a row for each response."""

    _inherit = "crm.survey.result"

    @api.model
    def _get_file(self, filters):
        """Return an XLSX file of the facts that are asked for, those the viewer may read."""
        if not self.env.user.has_group(LEADER):
            raise AccessError(self.env._("Files of results are made by leaders and managers."))
        asked = self._read_filters(filters)
        count = self.env["crm.survey.fact"].search_count(self._get_domain(asked))
        if count > MOST:
            raise UserError(
                self.env._(
                    "%(count)s answers are more than a sheet holds. Choose a shorter period.",
                    count=count,
                )
            )
        with tempfile.TemporaryFile() as file:
            options = {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "nan_inf_to_errors": True,
                "default_date_format": "yyyy-mm-dd hh:mm",
            }
            with xlsxwriter.Workbook(file, options) as book:
                self._write_sheet(book, asked)
            file.seek(0)
            return file.read()

    @api.model
    def _write_sheet(self, book, asked):
        sheet = book.add_worksheet("results")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        gray = book.add_format({"font_color": "#888888"})
        questions = self._get_questions(asked)
        places = {question.id: len(COLUMNS) + place for place, question in enumerate(questions)}
        fields_ = self.env["crm.survey.fact"]._fields
        titles = [fields_[name]._description_string(self.env) for name in COLUMNS]
        # a time without its zone is none
        titles[COLUMNS.index("date")] += f" ({self.env.tz.zone})"
        names = [*COLUMNS, *(f"question_{one.id}" for one in questions)]
        sheet.write_row(0, 0, names, gray)
        sheet.write_row(1, 0, [*titles, *map(self._get_heading, questions)], bold)
        sheet.set_column(0, len(COLUMNS) + len(questions), 16)
        sheet.freeze_panes(2, 0)
        number = 2
        for facts in self._get_batches(asked):
            answers = self._get_answers(facts)
            for fact in facts:
                row = self._get_row(fact)
                row.update((places[key], cell) for key, cell in answers.get(fact.id, {}).items())
                for place, cell in sorted(row.items()):
                    shown = safe_text(cell)[:LONGEST] if isinstance(cell, str) else cell
                    sheet.write(number, place, shown)
                number += 1
            facts.env.invalidate_all()

    @api.model
    def _get_heading(self, question):
        """Return the title of a question, with the zone its times are of."""
        title = safe_text(question.title)
        is_time = question.question_type == "datetime"
        return f"{title} ({self.env.tz.zone})" if is_time else title

    @api.model
    def _get_questions(self, asked):
        """Return the questions of the surveys in the file, in the order customers see them."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT survey_id FROM (%s) AS fact",
                self._get_fact_query(asked, survey_id=self._column("survey_id")),
            )
        )
        # sudo: titles of questions whose answers the viewer reads anyway
        surveys = self.env["survey.survey"].sudo().browse([row[0] for row in rows]).sorted("id")
        return surveys.question_and_page_ids.filtered(lambda question: not question.is_page)

    @api.model
    def _get_batches(self, asked):
        """Yield the facts, oldest first, as many at once as fit."""
        last = 0
        query = self._get_fact_query(asked, id=self._column("id"))
        while True:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id FROM (%s) AS fact WHERE id > %s ORDER BY id LIMIT %s",
                    query,
                    last,
                    BATCH,
                )
            )
            if not rows:
                return
            last = rows[-1][0]
            # sudo: chosen under the viewer's rules above; names on them are shown there too
            yield self.env["crm.survey.fact"].sudo().browse([row[0] for row in rows])

    @api.model
    def _get_row(self, fact):
        """Return the fixed columns by place."""
        row = {}
        for place, name in enumerate(COLUMNS):
            value = fact[name]
            if name in GIVEN and not fact[GIVEN[name]]:
                continue
            if isinstance(value, models.BaseModel):
                value = value.display_name
            elif name == "date":
                value = pytz.utc.localize(value).astimezone(self.env.tz).replace(tzinfo=None)
            if value or name in GIVEN:
                row[place] = value
        return row

    @api.model
    def _get_answers(self, facts):
        """Return what was answered, by fact and question: a number, or texts joined."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT fact.id, line.question_id, MAX(answer.number),
                       string_agg(answer.text, '; ' ORDER BY line.id)
                  FROM crm_survey_fact fact
                  JOIN survey_user_input_line line ON line.user_input_id = fact.user_input_id
             LEFT JOIN survey_question_answer choice ON choice.id = line.suggested_answer_id
             LEFT JOIN survey_question_answer part ON part.id = line.matrix_row_id
            CROSS JOIN LATERAL (
                    SELECT CASE line.answer_type WHEN 'scale' THEN line.value_scale::numeric
                           WHEN 'numerical_box' THEN line.value_numerical_box::numeric END,
                           CASE line.answer_type WHEN 'suggestion'
                           THEN concat_ws(
                               ': ',
                               COALESCE(part.value->>%(lang)s, part.value->>'en_US'),
                               COALESCE(choice.value->>%(lang)s, choice.value->>'en_US'))
                           WHEN 'text_box' THEN line.value_text_box
                           WHEN 'char_box' THEN line.value_char_box
                           WHEN 'date' THEN line.value_date::text
                           WHEN 'datetime' THEN to_char(
                               line.value_datetime AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s,
                               'YYYY-MM-DD HH24:MI') END
                  ) AS answer(number, text)
                 WHERE fact.id = ANY(%(ids)s) AND line.skipped IS NOT TRUE
              GROUP BY fact.id, line.question_id
                """,
                lang=self.env.lang or "en_US",
                tz=self.env.tz.zone,
                ids=facts.ids,
            )
        )
        answers: dict = {}
        for fact_id, question_id, number, text in rows:
            answers.setdefault(fact_id, {})[question_id] = text if number is None else float(number)
        return answers
