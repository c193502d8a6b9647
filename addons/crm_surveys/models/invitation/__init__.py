"""Who is asked what, when and about which document: and if not, why not."""

from . import crm_survey_document, crm_survey_invitation
