from . import results, survey_report
