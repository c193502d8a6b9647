from . import crm_complaint, crm_survey_followup, crm_survey_loop_rule, crm_survey_wave
