"""Asking by phone: who calls whom when, what comes of it, and the answers given on the phone."""

from . import crm_survey_call, crm_survey_call_attempt

# isort: split
from . import (
    crm_survey_call_interview,
    crm_survey_invitation,
    crm_survey_result,
    survey_survey,
    survey_user_input,
)
