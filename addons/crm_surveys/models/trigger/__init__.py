"""When customers are asked: events as data, noticed and decided by a job."""

from . import crm_survey_trigger

# isort: split
from . import (
    crm_survey_trigger_event,
    crm_survey_trigger_event_settle,
    crm_survey_trigger_notice,
    crm_survey_trigger_preview,
    crm_survey_trigger_state,
    survey_survey,
)
