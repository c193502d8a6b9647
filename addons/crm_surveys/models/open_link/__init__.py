"""Surveys that anybody with their link may answer, within limits."""

from . import crm_survey_open_hit, res_company, res_config_settings, survey_survey
