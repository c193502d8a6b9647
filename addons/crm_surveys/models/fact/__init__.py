"""One row per finished response: the one source of all figures."""

from . import crm_survey_fact
from . import crm_survey_fact_score
from . import survey_survey
from . import survey_user_input
