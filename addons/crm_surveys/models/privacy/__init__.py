"""How long a person's data are kept, and how they leave while the figures stay."""

from . import (
    crm_survey_erasure,
    crm_survey_invitation,
    res_company,
    res_config_settings,
    survey_user_input,
)
