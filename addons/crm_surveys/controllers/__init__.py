from . import results, survey_report
from . import answer, unsubscribe
