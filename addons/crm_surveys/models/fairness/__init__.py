"""Fair to employees: exclusions on the record, appeals, few answers, judges nobody picked."""

from . import crm_survey_exclusion

# isort: split
from . import crm_survey_fact, crm_survey_result, survey_user_input
