"""One row per finished response: the one source of all figures."""

from . import crm_survey_fact, crm_survey_fact_score, survey_survey, survey_user_input
