"""Mass events on customers and leads are noted and reported."""

from . import crm_standard_safety_mixin

# isort: split
# the models below inherit from those above, which therefore are loaded first
from . import (
    crm_lead_safety,
    crm_standard_safety_event,
    crm_standard_safety_event_report,
    res_company_people,
    res_config_settings_people,
    res_partner_safety,
)
