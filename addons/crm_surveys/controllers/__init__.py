from . import answer, ballot, interview, results, survey_report, unsubscribe
