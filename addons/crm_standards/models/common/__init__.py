"""What all parts inherit or share: lines of a standard, requests, roles, problems, settings."""

from . import (
    crm_standard_condition,
    crm_standard_health,
    crm_standard_named,
    crm_standard_part,
    crm_standard_request,
)

# isort: split
# the models below inherit from those above, which therefore are loaded first
from . import (
    crm_standard_analysis,
    crm_standard_erasure,
    crm_standard_role,
    res_company,
    res_config_settings,
)
