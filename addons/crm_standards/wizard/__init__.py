from . import (
    crm_standard_decide,
    crm_standard_health_problem,
    crm_standard_ready_set,
    crm_standard_ready_set_stage,
    crm_standard_route,
    crm_standard_route_line,
)
