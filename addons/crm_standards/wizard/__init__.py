from . import (
    crm_standard_assignment_reason,
    crm_standard_decide,
    crm_standard_explain,
    crm_standard_handover_reason,
    crm_standard_health_problem,
    crm_standard_ready_set,
    crm_standard_ready_set_stage,
    crm_standard_route,
    crm_standard_route_line,
    crm_standard_verdict,
)
