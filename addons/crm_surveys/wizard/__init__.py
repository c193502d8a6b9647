from . import crm_survey_summary
