"""What the answers say: figures drawn from facts, under the rights of whoever looks."""

from . import crm_survey_minimum, crm_survey_result, crm_survey_topic

# isort: split
from . import (
    crm_survey_drop,
    crm_survey_fact_counted,
    crm_survey_fact_minimum,
    crm_survey_fact_reasons,
    crm_survey_fact_score_minimum,
    crm_survey_fact_topics,
    crm_survey_result_cross,
    crm_survey_result_drivers,
    crm_survey_result_export,
    crm_survey_result_figures,
    crm_survey_result_filters,
    crm_survey_result_funnel,
    crm_survey_result_options,
    crm_survey_result_reasons,
    crm_survey_result_texts,
    res_company,
    res_config_settings,
    survey_question_statistics,
    survey_survey_statistics,
    survey_user_input_results,
)
