from . import answer, interview, results, survey_report, unsubscribe
