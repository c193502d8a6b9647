from . import crm_survey_anonymous_result, crm_survey_anonymous_result_row

# isort: split
from . import crm_survey_exclusion_deed, crm_survey_privacy, crm_survey_summary
