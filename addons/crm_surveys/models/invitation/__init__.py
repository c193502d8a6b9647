"""Who is asked what, when and about which document: and if not, why not."""

from . import crm_survey_document, crm_survey_invitation

# isort: split
from . import (
    crm_survey_budget,
    crm_survey_budget_turn,
    crm_survey_invitation_tired,
    crm_survey_invitation_weigh,
    res_partner,
)
