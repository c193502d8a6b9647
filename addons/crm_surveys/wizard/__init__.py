from . import crm_survey_exclusion_deed, crm_survey_privacy, crm_survey_summary
