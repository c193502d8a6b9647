"""Lost and silent customers: who they are, why they went, and whether they came back."""

from . import crm_survey_cause, crm_survey_wave, crm_survey_win_back

# isort: split
from . import (
    crm_survey_call,
    crm_survey_invitation,
    crm_survey_wave_select,
    survey_survey,
    survey_user_input,
)
