from . import crm_survey_wave
