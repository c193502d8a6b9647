from . import answer, ballot, interview, open_link, results, survey_report, unsubscribe
