"""Surveys of our type, the roles of their questions, and what is known about a response."""

from . import (
    res_company,
    res_config_settings,
    survey_question,
    survey_question_answer,
    survey_survey,
    survey_user_input,
    survey_user_input_line,
)
