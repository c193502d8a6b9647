from . import crm_survey_budget, crm_survey_invitation, mailing_mailing
