"""Ready surveys: written once, started from as a copy."""

from . import survey_survey
