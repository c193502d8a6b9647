from . import crm_complaint, crm_survey_followup, crm_survey_followup_rule
