from . import crm_knowledge_use, crm_survey_followup, survey_user_input
