from . import crm_complaint_amount

# isort: split
# the models below inherit from the one above
from . import (
    crm_complaint_compensation,
    crm_complaint_compensation_deed,
    crm_complaint_cost,
    crm_complaint_cost_report,
    crm_complaint_decision,
    crm_complaint_decision_point,
    crm_complaint_limit,
    crm_complaint_route,
)

# isort: split
# what they do, by meaning; each extends a model above
from . import (
    crm_complaint_compensation_deeds,
    crm_complaint_compensation_request,
    crm_complaint_deciding,
    crm_complaint_final_answer,
    crm_complaint_money,
    crm_complaint_next,
    crm_complaint_objection,
    crm_complaint_remedy,
    crm_complaint_reopen,
    crm_complaint_routes,
    res_company,
    res_config_settings,
)
