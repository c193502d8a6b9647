"""Closing the loop: what follows from an answer, by whom, until when, and how it ended."""

from . import crm_survey_loop_rule

# isort: split
from . import crm_survey_followup

# isort: split
from . import (
    crm_survey_fact,
    crm_survey_followup_deed,
    crm_survey_followup_make,
    survey_survey,
    survey_user_input,
)
