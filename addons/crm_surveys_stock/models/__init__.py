from . import crm_survey_document
