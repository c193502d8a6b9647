from . import (
    crm_complaint_compensation,
    crm_complaint_compensation_deed,
    crm_complaint_cost,
    crm_complaint_limit,
)

# isort: split
# what they do, by meaning; each extends a model above
from . import (
    crm_complaint_compensation_deeds,
    crm_complaint_compensation_request,
    crm_complaint_money,
    crm_complaint_remedy,
    res_company,
    res_config_settings,
)
