"""Anonymous surveys: who was asked is known, who answered what is known to nobody."""

from . import survey_question, survey_question_ballot, survey_survey

# isort: split
from . import crm_survey_ballot, crm_survey_boxed

# isort: split
from . import (
    crm_survey_fact,
    crm_survey_followup,
    crm_survey_invitation,
    crm_survey_invitation_send,
    crm_survey_loop_rule,
    crm_survey_result,
    crm_survey_trigger,
    crm_survey_wave,
    survey_user_input,
)
