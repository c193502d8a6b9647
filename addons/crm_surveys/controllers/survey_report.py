from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

from ..models.survey.survey_survey import OURS
from ..models.survey.survey_user_input import LARGEST


class SurveyReport(Survey):
    """Core's page of results for our surveys: counted by the database, right on no answers."""

    @http.route()
    def survey_report(self, survey, answer_token=None, **post):
        """Show core's page; its filters, its template, its figures."""
        if survey.survey_type != OURS:
            return super().survey_report(survey, answer_token=answer_token, **post)
        try:
            domain, chosen = self._get_chosen_responses(survey, post)
        except ValueError:
            raise BadRequest from None
        lines = request.env["survey.user_input"]._get_result_lines(domain)
        values = {
            "survey": survey,
            "question_and_page_data": survey.question_and_page_ids._count_statistics(lines),
            "survey_data": survey._count_responses(domain),
            "search_filters": chosen,
            "search_finished": post.get("finished") == "true",
            "search_failed": post.get("failed") == "true",
            "search_passed": post.get("passed") == "true",
        }
        return request.render("survey.survey_page_statistics", values)

    def _get_chosen_responses(self, survey, post):
        """Return the domain of the responses the filters leave, and the filters for the page.

        As core's ``_extract_filters_data``, which reads the lines of all of them into memory.
        """
        by_choice, line_ids = self._get_filters_from_post(post)
        parts = [part_id for own in by_choice.values() for part_id in own]
        answers = self._get_known("survey.question.answer", [*by_choice, *parts])
        own_lines = self._get_known("survey.user_input.line", line_ids)
        questions = answers.question_id | answers.matrix_question_id | own_lines.question_id
        if questions.survey_id - survey:
            raise ValueError
        domains, chosen = [], []
        for choice in answers.browse(by_choice):
            for part in answers.browse(by_choice[choice.id]) or [answers.browse()]:
                domains.append(choice._get_answer_matching_domain(part.id or False))
                chosen.append(self._prepare_search_filter_answer(choice, part))
        for line in own_lines:
            domains.append(line._get_answer_matching_domain())
            chosen.append(self._prepare_search_filter_input_line(line))
        # sudo: which responses; their lines are searched under the viewer's rules
        lines = request.env["survey.user_input.line"].sudo()
        domain = self._get_results_page_user_input_domain(survey, **post)
        for one in domains:
            domain &= Domain("user_input_line_ids", "in", lines._search(one))
        return domain, chosen

    def _get_known(self, model, ids):
        """Return records that are there; left out, a filter would show all as those of one."""
        if not all(0 < one <= LARGEST for one in ids):
            raise ValueError
        records = request.env[model].browse(dict.fromkeys(ids))
        if records.exists() != records:
            raise ValueError
        return records
