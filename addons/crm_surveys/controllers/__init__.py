from . import answer, results, survey_report, unsubscribe
